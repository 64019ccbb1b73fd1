import type { FeatureMatrix } from './feature-matrix.js';

/** For each row, the first row with the same bits: the row itself if there is no earlier one. */
export function firstEqualRows(matrix: FeatureMatrix): Int32Array {
  const rows = new DistinctRows(matrix);
  return Int32Array.from({ length: matrix.rows }, (_, row) => rows.firstEqual(row));
}

/** The same for several matrices together: the first row that is equal in all of them. */
export function firstEqualInAll(matrices: readonly FeatureMatrix[]): Int32Array {
  return matrices.map(firstEqualRows).reduce((one, other) => {
    const firstOfPair = new Map<number, number>();
    return one.map((first, row) => {
      const pair = first * one.length + other[row]!;
      const known = firstOfPair.get(pair);
      if (known === undefined) firstOfPair.set(pair, row);
      return known ?? row;
    });
  });
}

/** A set of rows, compared by their bits: an open-addressing table of row numbers, so that a million rows need no objects. */
class DistinctRows {
  readonly #bits: Int32Array;
  readonly #columns: number;
  /** The row number + 1, at the row's slot or one of the next; 0 in an empty slot. */
  readonly #places: Int32Array;
  readonly #shift: number;

  constructor({ values, rows, columns }: FeatureMatrix) {
    this.#bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    this.#columns = columns;
    const size = Math.ceil(Math.log2(2 * rows + 2));
    this.#places = new Int32Array(2 ** size);
    this.#shift = 32 - size;
  }

  /** Returns the row in the set with the same bits. If there is none, adds the row and returns it. */
  firstEqual(row: number): number {
    const last = this.#places.length - 1;
    // The high bits of a product are the best mixed.
    let place = this.#hash(row) >>> this.#shift;
    while (this.#places[place] !== 0) {
      const earlier = this.#places[place]! - 1;
      if (this.#areEqual(row, earlier)) return earlier;
      place = (place + 1) & last;
    }
    this.#places[place] = row + 1;
    return row;
  }

  #hash(row: number): number {
    const start = row * this.#columns;
    let hash = 0;
    for (let n = start; n < start + this.#columns; n++) {
      const mixed = Math.imul(hash ^ this.#bits[n]!, 0x9e3779b1);
      hash = mixed ^ (mixed >>> 15);
    }
    return Math.imul(hash, 0x9e3779b1);
  }

  #areEqual(one: number, other: number): boolean {
    for (let n = 0; n < this.#columns; n++) {
      if (this.#bits[one * this.#columns + n] !== this.#bits[other * this.#columns + n]) return false;
    }
    return true;
  }
}
