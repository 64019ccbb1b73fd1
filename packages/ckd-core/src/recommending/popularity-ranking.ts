/** Items for one user, best first; ties go to the lower item number. Shorter than requested if too few items remain. */
export interface RankedItems {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** Items ranked by their number of training interactions: the recommendation for users about whom nothing is known. */
export class PopularityRanking {
  readonly #counts: Int32Array;
  readonly #order: Int32Array;

  /** @param counts `[items]`: the number of training interactions of each item */
  constructor(counts: Int32Array) {
    this.#counts = counts;
    this.#order = Int32Array.from(counts.keys()).sort((one, other) => counts[other]! - counts[one]! || one - other);
  }

  /** The `k` most popular items that are not excluded. */
  top(k: number, excluded: Iterable<number>): RankedItems {
    const skipped = new Set(excluded);
    const items: number[] = [];
    for (const item of this.#order) {
      if (items.length === k) break;
      if (!skipped.has(item)) items.push(item);
    }
    return { items: Int32Array.from(items), scores: Float32Array.from(items, (item) => this.#counts[item]!) };
  }
}
