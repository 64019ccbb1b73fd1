/** Finds the highest of many values without sorting them all. */
export class HighestSelector {
  /** A heap of positions, with the lowest of the selected values on top. */
  readonly #heap: Int32Array;
  #values: Float64Array = new Float64Array();

  /** @param capacity the largest number of values ever selected */
  constructor(capacity: number) {
    this.#heap = new Int32Array(capacity);
  }

  /**
   * The positions of the `count` highest values, highest first; on a tie, the lower position first. Valid until the next call.
   */
  select(values: Float64Array, count: number): Int32Array {
    this.#values = values;
    const heap = this.#heap.subarray(0, count);
    for (let n = 0; n < count; n++) heap[n] = n;
    for (let at = (count >> 1) - 1; at >= 0; at--) this.#sink(heap, at, count);
    for (let n = count; n < values.length; n++) {
      // On a tie, the earlier position stays, so only a higher value gets in.
      if (values[n]! <= values[heap[0]!]!) continue;
      heap[0] = n;
      this.#sink(heap, 0, count);
    }
    for (let end = count - 1; end > 0; end--) {
      const least = heap[0]!;
      heap[0] = heap[end]!;
      heap[end] = least;
      this.#sink(heap, 0, end);
    }
    return heap;
  }

  #sink(heap: Int32Array, start: number, end: number): void {
    const sinking = heap[start]!;
    let at = start;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= end) break;
      if (child + 1 < end && this.#isLess(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#isLess(heap[child]!, sinking)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = sinking;
  }

  #isLess(one: number, other: number): boolean {
    const difference = this.#values[one]! - this.#values[other]!;
    return difference < 0 || (difference === 0 && one > other);
  }
}
