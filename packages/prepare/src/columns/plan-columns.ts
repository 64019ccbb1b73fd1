import { BalancedRecError } from '@balanced-rec/errors';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';
import { NEEDS_TIME } from '../splits/split-interactions.js';
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
  const reasons: Partial<Record<Role, string>> = {
    ...(options.minRating === undefined ? {} : { rating: '--min-rating' }),
    ...(NEEDS_TIME.includes(splitBy) ? { time: `a split by ${splitBy}` } : {}),
    ...(splitBy === 'column' ? { split: 'a split by column' } : {}),
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
