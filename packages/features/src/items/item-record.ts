import { BalancedRecError } from '@balanced-rec/errors';

/** One row of a table of items: its columns by name. */
export interface ItemRecord {
  /** The file and line. */
  readonly place: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** An id longer than this is a slip: the wrong column, or a broken file. */
const LONGEST_ID = 1000;
/** Characters of a value that an error message shows. */
const LONGEST_SHOWN = 80;

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

/** An offending value for an error message: as JSON, on one line, cut where long. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'nothing';
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
