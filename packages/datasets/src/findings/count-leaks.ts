import type { Interactions } from '../interactions/interactions.js';

/** How many user-item pairs are in both splits. */
export function countLeaks(one: Interactions, other: Interactions): number {
  let leaks = 0;
  for (let user = 0; user + 1 < one.offsets.length; user++) {
    let a = one.offsets[user]!;
    let b = other.offsets[user]!;
    const endA = one.offsets[user + 1]!;
    const endB = other.offsets[user + 1]!;
    while (a < endA && b < endB) {
      const difference = one.items[a]! - other.items[b]!;
      if (difference === 0) leaks++;
      if (difference <= 0) a++;
      if (difference >= 0) b++;
    }
  }
  return leaks;
}
