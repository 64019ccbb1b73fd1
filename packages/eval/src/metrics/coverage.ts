import { checkCutoff } from './metric-name.js';
import { checkListReaches, checkRankedLists, type RankedLists } from './ranked-lists.js';

/** Item coverage at K: the share of the dataset's `items` that stand among the first K of at least one list. */
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
