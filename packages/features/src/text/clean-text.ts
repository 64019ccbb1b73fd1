import { BalancedRecError } from '@balanced-rec/errors';
import { decodeHTML } from 'entities';
import { showValue } from '../items/item-record.js';
import { pythonList } from './python-list.js';

/** Encoders read some hundred words; a longer text only costs time. */
const LONGEST_TEXT = 20_000;
/** What is longer than this before cleaning is cut first. */
const LONGEST_RAW = 2 ** 20;
/** How deep lists of texts may nest. */
const DEEPEST = 4;
/** What stands between these tags is not for readers. */
const HIDDEN = ['script', 'style'];

/**
 * An item's values as one text: lists (also Python's, written as text) are joined, HTML tags and entities go, control characters
 * and runs of space become one space, Unicode becomes NFC, and what is over 20,000 characters is cut. Nothing else changes.
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
    message: 'this value is not text',
    place,
    expected: 'text, a number, or a list of these',
    found: showValue(value),
    remedy: 'name columns that hold text (--text)',
  });
}

function cleanOne(text: string): string {
  const plain = wellFormed(stripHtml(text.slice(0, LONGEST_RAW))).normalize('NFC');
  return plain.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** A text without HTML: comments, scripts and styles go, a tag becomes a space, entities become characters (once). */
function stripHtml(text: string): string {
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

/** Halves of a character beyond 16 bits, alone: a cut or a broken escape left them. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\ufffd');
}
