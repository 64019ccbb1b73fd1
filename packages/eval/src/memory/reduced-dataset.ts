import type { Dataset } from '@balanced-rec/datasets';
import { type Interactions, itemsOf } from '@balanced-rec/interactions';

/**
 * A dataset with a share of the users and items of another, and about that share of its interactions: its first users, whose items
 * are taken modulo the items that are left. It is as the whole in all that memory depends on.
 */
export function reducedDataset(dataset: Dataset, share: number, leastItems: number): Dataset {
  const userCount = Math.max(1, Math.ceil(dataset.userCount * share));
  const itemCount = Math.min(dataset.itemCount, Math.max(leastItems, Math.ceil(dataset.itemCount * share)));
  const features = Object.fromEntries(
    Object.entries(dataset.features).map(([modality, { columns, values }]) => [
      modality,
      { rows: itemCount, columns, values: values.subarray(0, itemCount * columns) },
    ]),
  );
  const [train, validation, test] = [dataset.train, dataset.validation, dataset.test].map((split) =>
    reducedSplit(split, userCount, itemCount),
  ) as [Interactions, Interactions, Interactions];
  return { ...dataset, userCount, itemCount, features, train, validation, test };
}

function reducedSplit(split: Interactions, userCount: number, itemCount: number): Interactions {
  const kept: number[] = [];
  const starts = new Int32Array(userCount + 1);
  for (let user = 0; user < userCount; user++) {
    const own = new Set<number>();
    for (const item of itemsOf(split, user)) own.add(item % itemCount);
    // A user of all items has none that could be a negative.
    for (const item of [...own].sort((a, b) => a - b).slice(0, Math.max(1, itemCount - 1))) kept.push(item);
    starts[user + 1] = kept.length;
  }
  return { offsets: starts, items: Int32Array.from(kept) };
}
