import { checkListReaches, checkRankedLists, type RankedLists } from './hits.js';
import { checkCutoff } from './metric-name.js';

/** Item coverage at K: the share of the dataset's `items` that are among the first K of at least one list. */
export function coverage(lists: RankedLists, cutoff: number, items: number): number {
  checkRankedLists(lists);
  checkListReaches(checkCutoff(cutoff), lists.k);
  const seen = new Uint8Array(items);
  let distinct = 0;
  for (let row = 0; row < lists.users.length; row++) {
    for (let rank = 0; rank < cutoff; rank++) {
      const item = lists.ids[row * lists.k + rank]!;
      if (item < 0 || seen[item] !== 0) continue;
      seen[item] = 1;
      distinct++;
    }
  }
  return items === 0 ? 0 : distinct / items;
}

/**
 * Mean popularity at K: the mean number of training interactions of recommended items, over all recommendations
 * (so an item recommended to two users counts twice). Positions without a candidate (-1) are skipped.
 *
 * @param trainingCounts interactions of each item in training, [items]
 */
export function meanPopularity(lists: RankedLists, cutoff: number, trainingCounts: ArrayLike<number>): number {
  checkRankedLists(lists);
  checkListReaches(checkCutoff(cutoff), lists.k);
  let sum = 0;
  let recommended = 0;
  for (let row = 0; row < lists.users.length; row++) {
    for (let rank = 0; rank < cutoff; rank++) {
      const item = lists.ids[row * lists.k + rank]!;
      if (item < 0) continue;
      sum += trainingCounts[item] ?? 0;
      recommended++;
    }
  }
  return recommended === 0 ? 0 : sum / recommended;
}
