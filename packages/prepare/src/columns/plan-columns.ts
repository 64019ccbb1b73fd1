import { BalancedRecError } from '@balanced-rec/errors';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';
import { ROLES, type Role } from './known-columns.js';
import type { ColumnMapping } from './map-columns.js';

/** What is done with the columns of a log. */
export interface ColumnPlan {
  readonly mapping: ColumnMapping;
  readonly splitBy: SplitMethod;
  /** The roles whose columns are read. */
  readonly used: readonly Role[];
  /** Those whose columns are there, but not needed: what is in them does not matter. */
  readonly unused: readonly Role[];
}

/** How a column of a log is read: what is kept of it, in SQL, and how that tells that the text cannot be used. */
export interface LogColumn {
  readonly role: Role;
  /** What is kept, by name: expressions of the text, which has the name of the role. */
  readonly kept: Readonly<Record<string, string>>;
  /** Of what is kept, whether the value is bad. */
  readonly isBad: string;
  readonly expected: string;
}

/** What a column of splits may say; the position is the label in an MMRec table. Case does not matter. */
const LABELS: readonly (readonly string[])[] = [
  ['0', 'train', 'training'],
  ['1', 'valid', 'validation', 'val', 'dev'],
  ['2', 'test', 'testing'],
];

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

const NEEDS_TIME: readonly SplitMethod[] = ['user-time', 'global-time', 'leave-one-out'];

/**
 * Which columns the options need.
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
    message: `${reason} needs a column of ${role}s, and none is known`,
    place,
    expected: `a column such as ${example}`,
    found: 'none of a name that tells',
    remedy: `name the column with --${role}`,
  });
}

function labelExpression(): string {
  const cases = LABELS.map(
    (names, label) => `WHEN lower(trim("split")) IN (${names.map((name) => `'${name}'`)}) THEN ${label}`,
  );
  return `(CASE ${cases.join(' ')} END)::TINYINT`;
}
