import { checkCutoff } from './metric-name.js';
import { checkListReaches, checkRankedLists, type RankedLists } from './ranked-lists.js';

/**
 * Mean popularity at K: the mean number of training interactions of what is recommended, over all recommendations
 * (so an item recommended to two users counts twice). Places without a candidate (-1) are left out.
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
