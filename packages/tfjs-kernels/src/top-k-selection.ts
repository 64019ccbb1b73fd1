import { BalancedRecError } from '@balanced-rec/errors';
import type { Excluded } from './kernel-signatures.js';

/** How many users are scored at a time. */
export const USERS_PER_BLOCK = 64;

export function notANumber(user: number): BalancedRecError {
  return new BalancedRecError({
    code: 'kernels/not-a-number',
    place: `topKOfProduct: user ${user}`,
    message: 'a score is NaN',
    expected: 'numbers only in users and items',
    found: 'NaN',
    remedy: 'look for a training run that diverged, or a NaN in the features',
  });
}

/**
 * The best k of one user's scores, written at `at` into ids and scores: best first, the lower id first among equals, -1 and -Infinity
 * where nothing is left. Overwrites `row`.
 */
export function selectTopK(
  row: Float32Array,
  user: number,
  k: number,
  excluded: Excluded | undefined,
  ids: Int32Array,
  scores: Float32Array,
  at: number,
): void {
  for (let i = 0; i < row.length; i++) if (Number.isNaN(row[i])) throw notANumber(user);
  if (excluded !== undefined) {
    for (let e = excluded.offsets[user]!; e < excluded.offsets[user + 1]!; e++) row[excluded.ids[e]!] = Number.NaN;
  }
  let count = 0;
  for (let i = 0; i < row.length; i++) {
    const score = row[i]!;
    if (Number.isNaN(score) || (count === k && !(score > scores[at + k - 1]!))) continue;
    let slot = count < k ? count++ : k - 1;
    for (; slot > 0 && scores[at + slot - 1]! < score; slot--) {
      scores[at + slot] = scores[at + slot - 1]!;
      ids[at + slot] = ids[at + slot - 1]!;
    }
    if (k > 0) {
      scores[at + slot] = score;
      ids[at + slot] = i;
    }
  }
  ids.fill(-1, at + count, at + k);
  scores.fill(Number.NEGATIVE_INFINITY, at + count, at + k);
}
