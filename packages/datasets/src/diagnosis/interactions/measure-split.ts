import { countByItem, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import { type Distribution, distributionOf } from '../distribution.js';
import { type Concentration, concentrationOf } from './concentration.js';

/** The numbers of one split. Users and items without an interaction in it are in none of them. */
export interface SplitMeasures {
  readonly interactions: number;
  /** The share of the dataset's user-item pairs that it has, 0 to 1. */
  readonly density: number;
  readonly users: number;
  readonly items: number;
  /** Interactions of each user. */
  readonly perUser: Distribution;
  /** Interactions of each item. */
  readonly perItem: Distribution & Concentration;
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

/** `[users]`: how many items each user has. */
export function countByUser(split: Interactions): Int32Array {
  return Int32Array.from({ length: userCountOf(split) }, (_, user) => itemsOf(split, user).length);
}

function sortedPositive(counts: Int32Array): Int32Array {
  counts.sort();
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? new Int32Array() : counts.subarray(first);
}
