import { BalancedRecError } from '@balanced-rec/errors';
import { decodeHTML } from 'entities';
import { showValue } from '../items/item-record.js';
import { pythonList } from './python-list.js';

/** Encoders read a few hundred words; a longer text only costs time. */
const LONGEST_TEXT = 20_000;
/** Longer texts are truncated before cleaning. */
const LONGEST_RAW = 2 ** 20;
/** How deep lists of texts may be nested. */
const DEEPEST = 4;
/** The content of these tags is not meant for readers. */
const HIDDEN = ['script', 'style'];

/**
 * Joins an item's values into one text. Lists are joined, including Python lists written as text. HTML tags are removed and
 * entities decoded. Control characters and runs of white space become one space, Unicode is normalized to NFC, and the text is
 * truncated to 20,000 characters. Nothing else changes.
 *
 * @param place names the item in errors
 * @throws BalancedRecError `text/not-text` for objects
 */
export function cleanText(values: readonly unknown[], place: string): string {
  const texts = values.flatMap((value) => textsOf(value, place, 0)).map(cleanOne);
  const joined = texts.filter((text) => text !== '').join(' ');
  return wellFormed(joined.slice(0, LONGEST_TEXT)).trim();
}

function textsOf(value: unknown, place: string, depth: number): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') return pythonList(value.slice(0, LONGEST_RAW)) ?? [value];
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return [String(value)];
  if (Array.isArray(value) && depth < DEEPEST) return value.flatMap((entry) => textsOf(entry, place, depth + 1));
  throw new BalancedRecError({
    code: 'text/not-text',
    message: 'the value is not text',
    place,
    expected: 'text, a number, or a list of these',
    found: showValue(value),
    remedy: 'choose columns with text (--text)',
  });
}

function cleanOne(text: string): string {
  const plain = wellFormed(stripHtml(text.slice(0, LONGEST_RAW))).normalize('NFC');
  return plain.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Removes HTML: comments, scripts and styles disappear, a tag becomes a space, entities become characters (decoded once). */
function stripHtml(text: string): string {
  if (!text.includes('<')) return decodeHTML(text);
  let rest = cut(text, '<!--', '-->');
  for (const name of HIDDEN) rest = cut(rest, `<${name}`, `</${name}>`);
  // Only what can be a tag is removed: "a < b" stays.
  return decodeHTML(rest.replaceAll(/<[/!]?[a-z][^<>]*>/gi, ' '));
}

/** Removes each stretch from `open` to `close`. An `open` without `close` is not markup and stays. */
function cut(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  // In some scripts the lower-case text has another length, so positions would not match.
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

/** Replaces lone surrogates, which truncation or a broken escape can leave behind. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\ufffd');
}
