import type { Interactions } from '../data/training-data.js';
import type { Recommendation } from './recommendation.js';

/** Items by their number of training interactions: what is recommended to whom nothing is known about. */
export class PopularityRanking {
  readonly #counts: Float32Array;
  readonly #order: Int32Array;

  constructor({ items }: Interactions, itemCount: number) {
    const counts = new Float32Array(itemCount);
    for (const item of items) counts[item] = counts[item]! + 1;
    this.#counts = counts;
    this.#order = Int32Array.from(counts.keys()).sort((one, other) => counts[other]! - counts[one]! || one - other);
  }

  /** The `k` most popular items but those excluded. */
  top(k: number, excluded: Iterable<number>): Recommendation {
    const skipped = new Set(excluded);
    const items: number[] = [];
    for (const item of this.#order) {
      if (items.length === k) break;
      if (!skipped.has(item)) items.push(item);
    }
    return {
      basis: 'popularity',
      items: Int32Array.from(items),
      scores: Float32Array.from(items, (item) => this.#counts[item]!),
    };
  }
}
