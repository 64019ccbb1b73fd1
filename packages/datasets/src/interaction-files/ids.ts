import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { countOf, quote } from '../problems/wording.js';
import type { InteractionLog } from './interaction-log.js';

/** The largest id that a reader accepts: 2^31 - 2, so that `id + 1` still fits into an Int32. */
export const LARGEST_ID = 2 ** 31 - 2;

/** Arrays cover every id up to the largest, so a stray id must not allocate gigabytes. */
const LARGEST_SENSIBLE_ID = 50_000_000;
const IDS_PER_INTERACTION = 1000;

/** The positions in a log of the largest user id and the largest item id. */
export interface LargestIds {
  readonly userAt: number;
  readonly itemAt: number;
}

/** Explains what is wrong with an id, or returns undefined if it is valid. `what` names it, for example "itemID". */
export function explainId(text: string, what: string, place: string): ErrorDetails | undefined {
  const tooLarge = /^\d+$/.test(text) && (Number(text) > LARGEST_ID || text.length > 10);
  if (/^\d+$/.test(text) && !tooLarge) return undefined;
  return {
    code: 'dataset/bad-id',
    message: `${what} is ${tooLarge ? 'too large' : faultOfId(text)}`,
    place,
    expected: `a whole number from 0 to ${LARGEST_ID}`,
    found: quote(text),
    remedy: 'number users and items from 0 without gaps, and write the numbers without sign, decimal point or quotes',
  };
}

/**
 * Finds the largest ids. `placeAt` names the file and line that a log position was read from.
 *
 * @throws BalancedRecError `dataset/id-too-large` for an id over 50 million, or over 1000 per interaction
 */
export function largestIds(log: InteractionLog, placeAt: (position: number) => string): LargestIds {
  const userAt = positionOfLargest(log.users, log.count);
  const itemAt = positionOfLargest(log.items, log.count);
  checkSensible('user', log.users[userAt]!, log.count, () => placeAt(userAt));
  checkSensible('item', log.items[itemAt]!, log.count, () => placeAt(itemAt));
  return { userAt, itemAt };
}

function faultOfId(text: string): string {
  if (text.trim() === '') return 'missing';
  if (!Number.isFinite(Number(text))) return 'not a number';
  if (Number(text) < 0) return 'negative';
  return Number.isInteger(Number(text)) ? 'not written as a whole number' : 'not a whole number';
}

function positionOfLargest(ids: Int32Array, count: number): number {
  let best = 0;
  for (let n = 1; n < count; n++) {
    if (ids[n]! > ids[best]!) best = n;
  }
  return best;
}

function checkSensible(what: 'user' | 'item', id: number, interactionCount: number, place: () => string): void {
  const largest = Math.min(LARGEST_SENSIBLE_ID, IDS_PER_INTERACTION * interactionCount);
  if (id <= largest) return;
  throw new BalancedRecError({
    code: 'dataset/id-too-large',
    message: `the ${what} id is far too large for ${countOf(interactionCount, 'interaction')}`,
    place: place(),
    expected: `at most ${largest}: ids count from 0, and every id up to the largest takes memory`,
    found: `${what} ${id}`,
    remedy: `number the ${what}s from 0 without gaps, or correct the line`,
  });
}
