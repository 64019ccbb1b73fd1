import type { Interactions } from '@balanced-rec/ckd-core';

/** All interactions of some splits of the same users. */
export function mergeInteractions(splits: readonly Interactions[], userCount: number): Interactions {
  const offsets = new Int32Array(userCount + 1);
  const items = new Int32Array(splits.reduce((total, split) => total + split.items.length, 0));
  let at = 0;
  for (let user = 0; user < userCount; user++) {
    for (const split of splits) {
      const had = split.items.subarray(split.offsets[user], split.offsets[user + 1]);
      items.set(had, at);
      at += had.length;
    }
    offsets[user + 1] = at;
  }
  return { offsets, items };
}
