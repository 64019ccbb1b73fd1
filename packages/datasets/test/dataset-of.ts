import type { DatasetContent, FeatureMatrix, Interactions } from '../src/index.js';

/** An in-memory dataset with the given items of each user in each split. */
export function datasetOf(
  splits: { train: number[][]; validation?: number[][]; test?: number[][] },
  features: Record<string, number[][]> = {},
  itemCount = Object.values(features)[0]?.length ?? 1 + Math.max(...Object.values(splits).flat(2)),
): DatasetContent {
  const userCount = splits.train.length;
  const none = splits.train.map(() => []);
  return {
    name: 'made',
    userCount,
    itemCount,
    train: interactionsOf(splits.train),
    validation: interactionsOf(splits.validation ?? none),
    test: interactionsOf(splits.test ?? none),
    features: Object.fromEntries(Object.entries(features).map(([name, rows]) => [name, matrixOf(rows)])),
    modalities: Object.keys(features),
  };
}

export function interactionsOf(itemsOfUsers: readonly (readonly number[])[]): Interactions {
  const offsets = new Int32Array(itemsOfUsers.length + 1);
  for (const [user, items] of itemsOfUsers.entries()) offsets[user + 1] = offsets[user]! + items.length;
  return { offsets, items: Int32Array.from(itemsOfUsers.flatMap((items) => [...items].sort((a, b) => a - b))) };
}

export function matrixOf(rows: readonly (readonly number[])[]): FeatureMatrix {
  return { rows: rows.length, columns: rows[0]!.length, values: Float32Array.from(rows.flat()) };
}
