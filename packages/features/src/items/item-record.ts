import { BalancedRecError } from '@balanced-rec/errors';

/** One row of an item table: its values by column name. */
export interface ItemRecord {
  /** The file and line. */
  readonly place: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A longer id is a mistake: the wrong column, or a broken file. */
const LONGEST_ID = 1000;
/** The number of characters of a value shown in an error message. */
const LONGEST_SHOWN = 80;

/**
 * Converts an item's id to text: strings stay as they are, whole numbers become digits.
 *
 * @throws BalancedRecError `items/bad-id`
 */
export function itemId(value: unknown, place: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_ID) return value;
  // A larger number is a bigint if its digits are known.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  throw new BalancedRecError({
    code: 'items/bad-id',
    message: 'invalid item id',
    place,
    expected: `a text of 1 to ${LONGEST_ID} characters, or a whole number`,
    found: showValue(value),
    remedy: 'choose the column with the ids, or write long numbers as text',
  });
}

/**
 * Finds an id among those of the dataset. `17.0` finds `17`: programs write whole numbers so once a column has a gap.
 *
 * @returns the id as the dataset has it; undefined if it has no such item
 */
export function idAmong(ids: ReadonlyMap<string, unknown>, id: string): string | undefined {
  return [id, withoutZeros(id)].find((form) => ids.has(form));
}

/** A whole float as text without its `.0`. Other texts stay as they are. */
export function withoutZeros(text: string): string {
  return text.replace(/^(-?\d+)\.0+$/, '$1');
}

/** Formats an offending value for an error message: as JSON, on one line, truncated if long. */
export function showValue(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'nothing';
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
