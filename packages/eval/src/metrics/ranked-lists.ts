import { BalancedRecError } from '@balanced-rec/errors';

/** The best items of each evaluated user, best first. */
export interface RankedLists {
  /** User ids, [n]. */
  readonly users: Int32Array;
  /** Length of every list. */
  readonly k: number;
  /** Item ids, [n * k] row-major; -1 where a user has fewer than k candidates. */
  readonly ids: Int32Array;
}

/** Refuses lists whose arrays do not fit each other. */
export function checkRankedLists({ users, k, ids }: RankedLists): void {
  if (Number.isSafeInteger(k) && k > 0 && ids.length === users.length * k) return;
  throw new BalancedRecError({
    code: 'metrics/malformed-lists',
    message: 'the ranked lists do not have k items for each user',
    expected: `${users.length} users x k = ${k} ids`,
    found: `${ids.length} ids`,
  });
}

/** Refuses a cutoff beyond the end of the lists. */
export function checkListReaches(cutoff: number, k: number): void {
  if (cutoff <= k) return;
  throw new BalancedRecError({
    code: 'metrics/cutoff-beyond-list',
    message: `the lists end before the cutoff ${cutoff}`,
    expected: `a cutoff of at most ${k}`,
    found: String(cutoff),
    remedy: `rank at least ${cutoff} items per user`,
  });
}
