import { BalancedRecError } from '@balanced-rec/errors';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';
import { ROLES, type Role } from './known-columns.js';
import type { ColumnMapping } from './map-columns.js';

/** How to treat the columns of a log. */
export interface ColumnPlan {
  readonly mapping: ColumnMapping;
  readonly splitBy: SplitMethod;
  /** The roles whose columns are read. */
  readonly used: readonly Role[];
  /** The roles whose columns are present but not needed. Their content does not matter. */
  readonly unused: readonly Role[];
}

/** How to read a column of a log: what to keep, as SQL, and how to recognize invalid text. */
export interface LogColumn {
  readonly role: Role;
  /** What is kept, by name: SQL expressions of the text, which is named after the role. */
  readonly kept: Readonly<Record<string, string>>;
  /** An SQL condition on the kept values: whether the value is invalid. */
  readonly isBad: string;
  readonly expected: string;
}

/** The values that a split column may have. The position is the label in an MMRec table. Case does not matter. */
const LABELS: readonly (readonly string[])[] = [
  ['0', 'train', 'training'],
  ['1', 'valid', 'validation', 'val', 'dev'],
  ['2', 'test', 'testing'],
];

/**
 * Times are numbers in any unit, or dates; only their order matters. As float64, seconds and microseconds since 1970 are exact,
 * and nanoseconds are accurate to a quarter of a microsecond.
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

const NEEDS_TIME: readonly SplitMethod[] = ['user-time', 'global-time', 'leave-one-out'];

/**
 * Determines which columns the options need.
 *
 * @throws BalancedRecError `prepare/no-column`
 */
export function planColumns(
  mapping: ColumnMapping,
  options: Pick<CompleteOptions, 'minRating' | 'splitBy'>,
  place: string,
): ColumnPlan {
  const splitBy = options.splitBy ?? (mapping.split ? 'column' : 'random');
  const reasons: { readonly [role in Role]?: string | undefined } = {
    rating: options.minRating === undefined ? undefined : '--min-rating',
    time: NEEDS_TIME.includes(splitBy) ? `a split by ${splitBy}` : undefined,
    split: splitBy === 'column' ? 'a split by column' : undefined,
  };
  const isUsed = (role: Role) => role === 'user' || role === 'item' || reasons[role] !== undefined;
  const used = ROLES.filter(isUsed);
  const missing = used.find((role) => mapping[role] === undefined);
  if (missing !== undefined) throw columnNeeded(missing, reasons[missing]!, place);
  return { mapping, splitBy, used, unused: ROLES.filter((role) => mapping[role] && !isUsed(role)) };
}

function columnNeeded(role: Role, reason: string, place: string): BalancedRecError {
  const example = role === 'split' ? 'x_label' : role === 'time' ? 'timestamp' : 'rating';
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: `${reason} needs a ${role} column, and none was detected`,
    place,
    expected: `a column such as ${example}`,
    found: 'no column with a known name',
    remedy: `name the column with --${role}`,
  });
}

function labelExpression(): string {
  const cases = LABELS.map(
    (names, label) => `WHEN lower(trim("split")) IN (${names.map((name) => `'${name}'`)}) THEN ${label}`,
  );
  return `(CASE ${cases.join(' ')} END)::TINYINT`;
}
