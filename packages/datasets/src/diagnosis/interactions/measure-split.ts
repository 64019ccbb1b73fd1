import type { Interactions } from '../../interactions/interactions.js';
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

export function measureSplit({ offsets, items }: Interactions, itemCount: number): SplitMeasures {
  const userCount = offsets.length - 1;
  const ofUsers = sortedPositive(
    Int32Array.from({ length: userCount }, (_, user) => offsets[user + 1]! - offsets[user]!),
  );
  const ofItems = sortedPositive(countByItem(items, itemCount));
  return {
    interactions: items.length,
    density: items.length / (userCount * itemCount),
    users: ofUsers.length,
    items: ofItems.length,
    perUser: distributionOf(ofUsers),
    perItem: { ...distributionOf(ofItems), ...concentrationOf(ofItems) },
  };
}

/** How often each item occurs. */
export function countByItem(items: Int32Array, itemCount: number): Int32Array {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]!++;
  return counts;
}

function sortedPositive(counts: Int32Array): Int32Array {
  counts.sort();
  const first = counts.findIndex((count) => count > 0);
  return first < 0 ? new Int32Array() : counts.subarray(first);
}
