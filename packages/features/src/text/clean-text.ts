import { BalancedRecError } from '@balanced-rec/errors';
import { showValue } from '../show-value.js';
import { pythonList } from './python-list.js';
import { stripHtml } from './strip-html.js';

/** Encoders read some hundred words; a longer text only costs time. */
const LONGEST_TEXT = 20_000;
/** What is longer than this before cleaning is cut first. */
const LONGEST_RAW = 2 ** 20;
/** How deep lists of texts may nest. */
const DEEPEST = 4;

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

/** Halves of a character beyond 16 bits, alone: a cut or a broken escape left them. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\ufffd');
}
