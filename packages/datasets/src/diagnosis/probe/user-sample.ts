import { hasItems, type Interactions, ofUsers, userCountOf } from '@balanced-rec/interactions';
import { RandomSource } from '../../synthetic/random-source.js';

/** Users to ask, numbered from 0: what is known of each, and what is to be found. */
export interface UserSample {
  readonly count: number;
  readonly known: Interactions;
  readonly wanted: Interactions;
}

/** Up to `most` of the users who have both, drawn with a fixed seed, in random order. */
export function sampleUsers(known: Interactions, wanted: Interactions, most: number): UserSample {
  const all = Int32Array.from({ length: userCountOf(known) }, (_, user) => user);
  const able = all.filter((user) => hasItems(known, user) && hasItems(wanted, user));
  const users = new RandomSource(0, 'probe').shuffle(able).subarray(0, most);
  return { count: users.length, known: ofUsers(known, users), wanted: ofUsers(wanted, users) };
}

/** The same users with every item under another item's id: their items then have features of others, drawn by chance. */
export function withShuffledItems({ count, known, wanted }: UserSample, itemCount: number): UserSample {
  const ids = new RandomSource(0, 'shuffled').shuffle(Int32Array.from({ length: itemCount }, (_, item) => item));
  const shuffled = ({ offsets, items }: Interactions) => ({ offsets, items: items.map((item) => ids[item]!) });
  return { count, known: shuffled(known), wanted: shuffled(wanted) };
}
