/** Items for one user, best first, the lower number first among equals; fewer than asked for where fewer are left. */
export interface RankedItems {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/** Items by their number of training interactions: what is recommended to whom nothing is known about. */
export class PopularityRanking {
  readonly #counts: Int32Array;
  readonly #order: Int32Array;

  /** @param counts `[items]`: the training interactions of each */
  constructor(counts: Int32Array) {
    this.#counts = counts;
    this.#order = Int32Array.from(counts.keys()).sort((one, other) => counts[other]! - counts[one]! || one - other);
  }

  /** The `k` most popular items but those excluded. */
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
