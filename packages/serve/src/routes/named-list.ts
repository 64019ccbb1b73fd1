import type { Ids, Recommendation } from '@balanced-rec/ckd-core';

/** A list as it is answered. */
export function namedList(
  ids: Ids,
  { items, scores }: Pick<Recommendation, 'items' | 'scores'>,
): { item: string | number; score: number }[] {
  return Array.from(items, (item, rank) => ({ item: ids.idOf(item), score: scores[rank]! }));
}
