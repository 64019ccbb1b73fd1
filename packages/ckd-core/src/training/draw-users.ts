import type { Interactions } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';

/** The users with at least one training interaction, ascending. */
export function usersWithTraining({ offsets }: Interactions): Int32Array {
  return Int32Array.from({ length: offsets.length - 1 }, (_, user) => user).filter(
    (user) => offsets[user + 1]! > offsets[user]!,
  );
}

/** `count` of the candidates: distinct where there are enough of them, else with repetition, as the CKD reference draws. */
export function drawUsers(candidates: Int32Array, count: number, random: RandomGenerator): Int32Array {
  if (count > candidates.length) {
    return Int32Array.from({ length: count }, () => candidates[random.below(candidates.length)]!);
  }
  // The first `count` steps of a Fisher-Yates shuffle of a copy, so that the next draw depends on the generator alone.
  const pool = candidates.slice();
  for (let k = 0; k < count; k++) {
    const other = k + random.below(pool.length - k);
    [pool[k], pool[other]] = [pool[other]!, pool[k]!];
  }
  return pool.slice(0, count);
}
