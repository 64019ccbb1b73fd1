import type { FeatureMatrix } from '../features/feature-matrix.js';

/** Rows that say little: `zero` is part of `constant`; `duplicate` counts rows that equal an earlier one and are not constant. */
export interface RowFaults {
  readonly constant: number;
  readonly zero: number;
  readonly duplicate: number;
}

/** Counts the faulty rows of a feature matrix. A matrix of one column has no constant rows but zeros. */
export function countRowFaults(matrix: FeatureMatrix): RowFaults {
  const seen = new DistinctRows(matrix);
  const faults = { constant: 0, zero: 0, duplicate: 0 };
  for (let row = 0; row < matrix.rows; row++) {
    if (isConstant(matrix, row)) {
      const isZero = matrix.values[row * matrix.columns] === 0;
      if (isZero) faults.zero++;
      if (isZero || matrix.columns > 1) faults.constant++;
    } else if (!seen.add(row)) faults.duplicate++;
  }
  return faults;
}

function isConstant({ values, columns }: FeatureMatrix, row: number): boolean {
  const start = row * columns;
  const first = values[start];
  for (let n = start + 1; n < start + columns; n++) {
    if (values[n] !== first) return false;
  }
  return true;
}

/** A set of rows by their bits: a table of row numbers with open addressing, so that a million rows take no object each. */
class DistinctRows {
  readonly #bits: Int32Array;
  readonly #columns: number;
  /** At a row's place, or one of the next, its number + 1; 0 where nothing is. */
  readonly #places: Int32Array;
  readonly #shift: number;

  constructor({ values, rows, columns }: FeatureMatrix) {
    this.#bits = new Int32Array(values.buffer, values.byteOffset, values.length);
    this.#columns = columns;
    const size = Math.ceil(Math.log2(2 * rows + 2));
    this.#places = new Int32Array(2 ** size);
    this.#shift = 32 - size;
  }

  /** Adds a row, unless one with the same bits is there. Answers whether it was added. */
  add(row: number): boolean {
    const last = this.#places.length - 1;
    // The high bits of a product are its best.
    let place = this.#hash(row) >>> this.#shift;
    while (this.#places[place] !== 0) {
      if (this.#areEqual(row, this.#places[place]! - 1)) return false;
      place = (place + 1) & last;
    }
    this.#places[place] = row + 1;
    return true;
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
