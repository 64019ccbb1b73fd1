import { decodeHTML } from 'entities';

/** What stands between these tags is not for readers. */
const HIDDEN = ['script', 'style'];

/** A text without HTML: comments, scripts and styles go, a tag becomes a space, entities become characters (once). */
export function stripHtml(text: string): string {
  if (!text.includes('<')) return decodeHTML(text);
  let rest = cut(text, '<!--', '-->');
  for (const name of HIDDEN) rest = cut(rest, `<${name}`, `</${name}>`);
  // Only what can be a tag: "a < b" stays.
  return decodeHTML(rest.replaceAll(/<[/!]?[a-z][^<>]*>/gi, ' '));
}

/** Takes out each stretch from `open` to `close`; an `open` without `close` stays, being no markup then. */
function cut(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  // Lower case may be longer than the text in some scripts; positions would not fit.
  if (lower.length !== text.length) return text;
  const kept: string[] = [];
  let from = 0;
  for (let start = lower.indexOf(open); start >= 0; start = lower.indexOf(open, from)) {
    const end = lower.indexOf(close, start + open.length);
    if (end < 0) break;
    kept.push(text.slice(from, start), ' ');
    from = end + close.length;
  }
  kept.push(text.slice(from));
  return kept.join('');
}
