import { type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';

/** How many user-item pairs are in both splits. */
export function countLeaks(one: Interactions, other: Interactions): number {
  let leaks = 0;
  for (let user = 0; user < userCountOf(one); user++) {
    const ones = itemsOf(one, user);
    const others = itemsOf(other, user);
    for (let a = 0, b = 0; a < ones.length && b < others.length; ) {
      const difference = ones[a]! - others[b]!;
      if (difference === 0) leaks++;
      if (difference <= 0) a++;
      if (difference >= 0) b++;
    }
  }
  return leaks;
}
