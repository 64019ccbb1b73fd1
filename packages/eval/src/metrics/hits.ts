import { BalancedRecError } from '@balanced-rec/errors';
import { type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';

/** The best items of each evaluated user, best first. */
export interface RankedLists {
  /** User ids, [n]. */
  readonly users: Int32Array;
  /** Length of every list. */
  readonly k: number;
  /** Item ids, [n * k] row-major; padded with -1 if a user has fewer than k candidates. */
  readonly ids: Int32Array;
}

/** Rejects lists whose arrays do not match. */
export function checkRankedLists({ users, k, ids }: RankedLists): void {
  if (Number.isSafeInteger(k) && k > 0 && ids.length === users.length * k) return;
  throw new BalancedRecError({
    code: 'metrics/malformed-lists',
    message: 'the ranked lists do not have k items for each user',
    expected: `${users.length} users x k = ${k} ids`,
    found: `${ids.length} ids`,
  });
}

/** Rejects a cutoff beyond the end of the lists. */
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

/** One user's list, reduced to what the metrics need. */
export interface Hits {
  /** 1 if the item at that rank is relevant, else 0; [k]. Reused between users. */
  readonly flags: Uint8Array;
  /** The number of items relevant to the user, whether in the list or not. */
  readonly relevant: number;
}

/** Visits every user's {@link Hits}, in the order of the lists. */
export function forEachHits(
  lists: RankedLists,
  relevant: Interactions,
  visit: (hits: Hits, position: number) => void,
): void {
  const { users, k, ids } = lists;
  const flags = new Uint8Array(k);
  // owner[item] is the position (from 1) of the last user for whom the item was relevant: one array for all users, never cleared.
  const owner = new Int32Array(largest(relevant.items) + 1);
  for (let position = 0; position < users.length; position++) {
    const user = users[position]!;
    if (user < 0 || user >= userCountOf(relevant)) throw unknownUser(user, userCountOf(relevant));
    const tag = position + 1;
    let count = 0;
    for (const item of itemsOf(relevant, user)) {
      if (owner[item] === tag) continue;
      owner[item] = tag;
      count++;
    }
    if (count === 0) throw nothingRelevant(user);
    for (let rank = 0; rank < k; rank++) {
      const item = ids[position * k + rank]!;
      const hit = item >= 0 && owner[item] === tag;
      flags[rank] = hit ? 1 : 0;
      // An item listed twice counts once.
      if (hit) owner[item] = 0;
    }
    visit({ flags, relevant: count }, position);
  }
}

function largest(values: Int32Array): number {
  let most = -1;
  for (const value of values) if (value > most) most = value;
  return most;
}

function unknownUser(user: number, users: number): BalancedRecError {
  return new BalancedRecError({
    code: 'metrics/unknown-user',
    message: 'a ranked list belongs to a user outside the dataset',
    expected: `a user id below ${users}`,
    found: String(user),
  });
}

function nothingRelevant(user: number): BalancedRecError {
  return new BalancedRecError({
    code: 'metrics/no-relevant-items',
    message: `user ${user} has no relevant item, so no metric is defined for this user`,
    remedy: 'rank only users with at least one item in the evaluated split',
  });
}
