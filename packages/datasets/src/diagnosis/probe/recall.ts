import { hasItems, type Interactions, itemsOf, ofUsers, userCountOf } from '@balanced-rec/interactions';
import { RandomSource } from '../../numeric/random-source.js';

/** Users to probe, numbered from 0: the known items of each, and the items to find. */
export interface UserSample {
  readonly count: number;
  readonly known: Interactions;
  readonly wanted: Interactions;
}

/**
 * Scores every item for some users: `scores[n * itemCount + item]` for user `first + n` of `known`, up to `last` (exclusive).
 * Overwrites all scores.
 */
export type Scorer = (known: Interactions, first: number, last: number, scores: Float32Array) => void;

/** The list length at which recall is measured, here and where models are selected. */
export const LIST_LENGTH = 20;

/** Scores held in memory at a time: 64 MiB. */
const LARGEST_BLOCK = 2 ** 24;
const MOST_USERS_AT_A_TIME = 512;

/** Up to `most` of the users who have both known and wanted items, sampled with a fixed seed, in random order. */
export function sampleUsers(known: Interactions, wanted: Interactions, most: number): UserSample {
  const all = Int32Array.from({ length: userCountOf(known) }, (_, user) => user);
  const able = all.filter((user) => hasItems(known, user) && hasItems(wanted, user));
  const users = new RandomSource(0, 'probe').shuffle(able).subarray(0, most);
  return { count: users.length, known: ofUsers(known, users), wanted: ofUsers(wanted, users) };
}

/** The same users with item ids permuted at random, so that every item has another item's features. */
export function withShuffledItems({ count, known, wanted }: UserSample, itemCount: number): UserSample {
  const ids = new RandomSource(0, 'shuffled').shuffle(Int32Array.from({ length: itemCount }, (_, item) => item));
  const shuffled = ({ offsets, items }: Interactions) => ({ offsets, items: items.map((item) => ids[item]!) });
  return { count, known: shuffled(known), wanted: shuffled(wanted) };
}

/** The number of users to score at a time. */
export function usersAtATime(itemCount: number): number {
  return Math.max(1, Math.min(MOST_USERS_AT_A_TIME, Math.floor(LARGEST_BLOCK / itemCount)));
}

/** Recall@20 of each user in a sample, among all items not known. Items with equal scores rank by id. */
export function recallOfEach(score: Scorer, { count, known, wanted }: UserSample, itemCount: number): Float64Array {
  const recalls = new Float64Array(count);
  const block = usersAtATime(itemCount);
  const scores = new Float32Array(Math.min(block, count) * itemCount);
  for (let first = 0; first < count; first += block) {
    const last = Math.min(first + block, count);
    score(known, first, last, scores);
    for (let user = first; user < last; user++) {
      const ofUser = scores.subarray((user - first) * itemCount, (user - first + 1) * itemCount);
      for (const item of itemsOf(known, user)) ofUser[item] = -Infinity;
      const hits = topItems(ofUser).filter((item) => itemsOf(wanted, user).includes(item)).length;
      recalls[user] = hits / itemsOf(wanted, user).length;
    }
  }
  return recalls;
}

/** The 20 highest-scoring items. The list stays sorted during a single pass, because few items enter it. */
function topItems(scores: Float32Array): number[] {
  const top: number[] = [];
  let least = -Infinity;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (score <= least) continue;
    let place = top.length;
    while (place > 0 && scores[top[place - 1]!]! < score) place--;
    top.splice(place, 0, item);
    if (top.length > LIST_LENGTH) top.pop();
    if (top.length === LIST_LENGTH) least = scores[top[LIST_LENGTH - 1]!]!;
  }
  return top;
}
