import { RandomSource } from './random-source.js';

/** Draws the items that each user looks at: all of them, in order, where there are no more than `count`. */
export class Candidates {
  /** All items, in an order that changes with every draw. */
  readonly #items: Int32Array;
  readonly #random: RandomSource;
  /** The items drawn last. */
  readonly drawn: Int32Array;

  constructor(seed: number, itemCount: number, count: number) {
    this.#items = Int32Array.from({ length: itemCount }, (_, item) => item);
    this.#random = new RandomSource(seed, 'candidates');
    this.drawn = this.#items.subarray(0, Math.min(count, itemCount));
  }

  /** Draws those of the next user into `drawn`, no item twice. */
  draw(): void {
    const { length } = this.#items;
    if (this.drawn.length === length) return;
    // The first steps of a Fisher-Yates shuffle; whatever order the last user left, every set is as likely.
    for (let n = 0; n < this.drawn.length; n++) {
      const other = n + this.#random.below(length - n);
      const kept = this.#items[n]!;
      this.#items[n] = this.#items[other]!;
      this.#items[other] = kept;
    }
  }
}
