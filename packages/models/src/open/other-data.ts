import { type CheckpointManifest, SPLITS, type Split } from '@balanced-rec/ckd-core';
import { readRecommender } from '@balanced-rec/ckd-core/node';
import { type Dataset, hashDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { countByItem, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';

/** How a dataset differs from the one that a model was trained on. */
export interface DataDifference {
  /** Whether any split differs; null if that cannot be told, because the model was saved without its users' interactions. */
  readonly interactions: boolean | null;
  /** Whether any feature matrix differs; null if that cannot be told. */
  readonly features: boolean | null;
  /** How many interactions of each split the model was trained on; null if that cannot be told. */
  readonly trainedOn: Readonly<Record<Split, number>> | null;
}

/**
 * Compares a dataset with the one that a model was trained on; undefined if they are the same, wherever they lie.
 * @param folder the model's
 * @throws BalancedRecError what reading the model throws
 */
export async function differenceFromTraining(
  folder: string,
  manifest: CheckpointManifest,
  dataset: Dataset,
): Promise<DataDifference | undefined> {
  if (manifest.dataHash === dataset.hash) return undefined;
  const stored = await readRecommender(folder, manifest);
  if (!stored) return { interactions: null, features: null, trainedOn: null };
  const sameSize = stored.users.count === dataset.userCount && stored.items.count === dataset.itemCount;
  const splits = stored.interactions;
  if (!splits) {
    const sameTrace = sameSize && areEqual(stored.popularity, countByItem(dataset.train, dataset.itemCount));
    return { interactions: sameTrace ? null : true, features: null, trainedOn: null };
  }
  const sameInteractions = sameSize && SPLITS.every((split) => areSame(splits[split], dataset[split]));
  // With the model's own interactions, the hash is the model's exactly if the features are.
  const sameFeatures = sameSize && hashDataset({ ...dataset, ...splits }) === manifest.dataHash;
  return {
    interactions: !sameInteractions,
    features: !sameFeatures,
    trainedOn: {
      train: countShared(dataset.train, splits.train),
      validation: countShared(dataset.validation, splits.train),
      test: countShared(dataset.test, splits.train),
    },
  };
}

/** What differs, as the subject and verb of a sentence: `its interactions differ`. */
export function describeDifference({ interactions, features }: DataDifference): string {
  if (interactions && features) return 'its interactions and features differ';
  if (interactions) return 'its interactions differ';
  if (features) return 'its features differ';
  return 'its interactions or features differ';
}

/** The error for a dataset that a model was not trained on. */
export function otherDataset(
  { dataHash }: CheckpointManifest,
  { hash }: Dataset,
  difference: DataDifference,
  place: string,
  remedy = 'use the dataset that the model was trained on, unchanged since then',
): BalancedRecError {
  return new BalancedRecError({
    code: 'model/other-dataset',
    message: 'the model was trained on different data',
    place,
    expected: `a dataset with the content hash ${dataHash}`,
    found: `${hash}; ${describeDifference(difference)}`,
    remedy,
  });
}

function areSame(one: Interactions, other: Interactions): boolean {
  return areEqual(one.offsets, other.offsets) && areEqual(one.items, other.items);
}

function areEqual(one: Int32Array, other: Int32Array): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

/** The number of interactions of `one` that are also in `other`. */
function countShared(one: Interactions, other: Interactions): number {
  let count = 0;
  for (let user = 0; user < Math.min(userCountOf(one), userCountOf(other)); user++) {
    const known = new Set(itemsOf(other, user));
    for (const item of itemsOf(one, user)) if (known.has(item)) count++;
  }
  return count;
}
