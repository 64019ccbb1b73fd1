import type { Interactions } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';

/** The users with at least one training interaction, ascending. */
export function usersWithTraining({ offsets }: Interactions): Int32Array {
  const users = new Int32Array(offsets.length - 1);
  let count = 0;
  for (let user = 0; user < users.length; user++) {
    if (offsets[user + 1]! > offsets[user]!) users[count++] = user;
  }
  return users.slice(0, count);
}

/**
 * `count` of the candidates: distinct where there are enough of them, else with repetition, as the CKD reference draws. Takes time for
 * those drawn alone. The candidates are moved meanwhile, and are afterwards as they were.
 */
export function drawUsers(candidates: Int32Array, count: number, random: RandomGenerator): Int32Array {
  if (count > candidates.length) {
    return Int32Array.from({ length: count }, () => candidates[random.below(candidates.length)]!);
  }
  // The first `count` steps of a Fisher-Yates shuffle; then back, so that the next draw depends on the generator alone.
  const others = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    others[k] = k + random.below(candidates.length - k);
    swap(candidates, k, others[k]!);
  }
  const drawn = candidates.slice(0, count);
  for (let k = count - 1; k >= 0; k--) swap(candidates, k, others[k]!);
  return drawn;
}

function swap(values: Int32Array, one: number, other: number): void {
  const kept = values[one]!;
  values[one] = values[other]!;
  values[other] = kept;
}
