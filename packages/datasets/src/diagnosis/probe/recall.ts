import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import type { UserSample } from './user-sample.js';

/**
 * Scores every item for some users: `scores[n * itemCount + item]` for user `first + n` of `known`, up to `last` (not included).
 * All of it is written.
 */
export type Scorer = (known: Interactions, first: number, last: number, scores: Float32Array) => void;

/** The list that Recall is measured on. */
export const LIST_LENGTH = 20;

/** Scores held at a time: 64 MiB. */
const LARGEST_BLOCK = 2 ** 24;
const MOST_USERS_AT_A_TIME = 512;

/** How many users are scored at a time. */
export function usersAtATime(itemCount: number): number {
  return Math.max(1, Math.min(MOST_USERS_AT_A_TIME, Math.floor(LARGEST_BLOCK / itemCount)));
}

/** Recall@20 of each user of a sample, among all items that are not known. Items of the same score rank by their id. */
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

/** The 20 items of the highest score, kept sorted while all are passed once: few enter. */
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
