import type { Role } from '../columns/known-columns.js';
import { LABELS } from '../splits/labels.js';

/** A column of a log: the type of what is kept of it, how it is made of the text, and how it is told that it could not be. */
export interface LogColumn {
  readonly role: Role;
  /** What is kept, by name. */
  readonly kept: Readonly<Record<string, string>>;
  /** Of what is kept, whether the value is bad. */
  readonly isBad: string;
  readonly expected: string;
}

/**
 * Times are numbers of any unit, or dates; only their order matters. As float64, seconds and microseconds since 1970 are exact,
 * and nanoseconds to a quarter of a microsecond.
 */
const NUMBER = 'try_cast("time" AS DOUBLE)';
const DATE = 'epoch_us(try_cast("time" AS TIMESTAMPTZ))::DOUBLE';

export const LOG_COLUMNS: Readonly<Record<Role, LogColumn>> = {
  user: { role: 'user', kept: { user: '"user"' }, isBad: `"user" IS NULL OR "user" = ''`, expected: 'a user' },
  item: { role: 'item', kept: { item: '"item"' }, isBad: `"item" IS NULL OR "item" = ''`, expected: 'an item' },
  rating: {
    role: 'rating',
    kept: { rating: 'try_cast("rating" AS DOUBLE)' },
    isBad: 'rating IS NULL OR NOT isfinite(rating)',
    expected: 'a number',
  },
  time: {
    role: 'time',
    kept: { time: `coalesce(${NUMBER}, ${DATE})`, dated: `${NUMBER} IS NULL` },
    isBad: '"time" IS NULL OR NOT isfinite("time")',
    expected: 'a number, or a date such as 2014-05-20 or 2014-05-20T10:30:00Z',
  },
  split: {
    role: 'split',
    kept: { label: labelExpression() },
    isBad: 'label IS NULL',
    expected: `one of: ${LABELS.flat().join(', ')}`,
  },
};

function labelExpression(): string {
  const cases = LABELS.map(
    (names, label) => `WHEN lower(trim("split")) IN (${names.map((name) => `'${name}'`)}) THEN ${label}`,
  );
  return `(CASE ${cases.join(' ')} END)::TINYINT`;
}
