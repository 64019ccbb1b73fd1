import { BalancedRecError } from '@balanced-rec/errors';
import { showValue } from '../show-value.js';

/** An id longer than this is a slip: the wrong column, or a broken file. */
const LONGEST_ID = 1000;

/**
 * An item's id as text: strings as they are, whole numbers in digits.
 *
 * @throws BalancedRecError `items/bad-id`
 */
export function itemId(value: unknown, place: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_ID) return value;
  // Larger numbers have lost digits when they were read.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  throw new BalancedRecError({
    code: 'items/bad-id',
    message: 'this is no id of an item',
    place,
    expected: `a text of 1 to ${LONGEST_ID} characters, or a whole number up to 2^53`,
    found: showValue(value),
    remedy: 'name the column that has the ids, or write long numbers as text',
  });
}
