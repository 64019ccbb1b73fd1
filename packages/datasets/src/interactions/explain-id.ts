import type { ErrorDetails } from '@balanced-rec/errors';
import { quote } from '../quote.js';
import { LARGEST_ID } from './interaction-log.js';

/** What is wrong with an id, or undefined where nothing is. `what` names it, for example "itemID". */
export function explainId(text: string, what: string, place: string): ErrorDetails | undefined {
  const tooLarge = /^\d+$/.test(text) && (Number(text) > LARGEST_ID || text.length > 10);
  if (/^\d+$/.test(text) && !tooLarge) return undefined;
  return {
    code: 'dataset/bad-id',
    message: `${what} is ${tooLarge ? 'too large' : faultOfId(text)}`,
    place,
    expected: `a whole number from 0 to ${LARGEST_ID}`,
    found: quote(text),
    remedy: 'number users and items from 0 without gaps, and write the numbers without sign, point or quotes',
  };
}

function faultOfId(text: string): string {
  if (text.trim() === '') return 'missing';
  if (!Number.isFinite(Number(text))) return 'not a number';
  if (Number(text) < 0) return 'negative';
  return Number.isInteger(Number(text)) ? 'not written as a whole number' : 'not a whole number';
}
