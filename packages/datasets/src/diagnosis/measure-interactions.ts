import { countByItem, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { DatasetContent } from '../dataset/dataset.js';
import { type Concentration, concentrationOf, type Distribution, distributionOf } from '../numeric/statistics.js';

/** The measurements of one split. Users and items without an interaction in the split are not counted. */
export interface SplitMeasures {
  readonly interactions: number;
  /** The share of all user-item pairs of the dataset that occur in the split, 0 to 1. */
  readonly density: number;
  readonly users: number;
  readonly items: number;
  /** Interactions per user. */
  readonly perUser: Distribution;
  /** Interactions per item. */
  readonly perItem: Distribution & Concentration;
}

/** Users or items that occur in validation or test but not in training, and the share of interactions that involve one. */
export interface ColdMeasures {
  readonly count: number;
  /** The share of the validation interactions, 0 to 1. */
  readonly validation: number;
  readonly test: number;
}

export function measureSplit(split: Interactions, itemCount: number): SplitMeasures {
  const ofUsers = sortedPositive(countByUser(split));
  const ofItems = sortedPositive(countByItem(split, itemCount));
  const interactions = split.items.length;
  return {
    interactions,
    density: interactions / (userCountOf(split) * itemCount),
    users: ofUsers.length,
    items: ofItems.length,
    perUser: distributionOf(ofUsers),
    perItem: { ...distributionOf(ofItems), ...concentrationOf(ofItems) },
  };
}

/** Items that occur in validation or test but not in training. */
export function measureColdItems({ itemCount, train, validation, test }: DatasetContent): ColdMeasures {
  const [inTraining, inValidation, inTest] = [train, validation, test].map((split) => countByItem(split, itemCount));
  return measureCold(inTraining!, inValidation!, inTest!);
}

/** Users that occur in validation or test but not in training. */
export function measureColdUsers({ train, validation, test }: DatasetContent): ColdMeasures {
  return measureCold(countByUser(train), countByUser(validation), countByUser(test));
}

function sortedPositive(counts: Int32Array): Int32Array {
  counts.sort();
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? new Int32Array() : counts.subarray(first);
}

function measureCold(train: Int32Array, validation: Int32Array, test: Int32Array): ColdMeasures {
  const cold = { count: 0, validation: 0, test: 0 };
  const all = { validation: 0, test: 0 };
  for (let n = 0; n < train.length; n++) {
    all.validation += validation[n]!;
    all.test += test[n]!;
    if (train[n]! > 0 || validation[n]! + test[n]! === 0) continue;
    cold.count++;
    cold.validation += validation[n]!;
    cold.test += test[n]!;
  }
  return {
    count: cold.count,
    validation: cold.validation / Math.max(all.validation, 1),
    test: cold.test / Math.max(all.test, 1),
  };
}

/** `[users]`: the number of items of each user. */
function countByUser(split: Interactions): Int32Array {
  return Int32Array.from({ length: userCountOf(split) }, (_, user) => itemsOf(split, user).length);
}
