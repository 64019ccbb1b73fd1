import type { FeatureMatrix } from '../features/feature-matrix.js';

/** Rows that say little: `zero` is part of `constant`; `duplicate` counts rows that equal an earlier one and are not constant. */
export interface RowFaults {
  readonly constant: number;
  readonly zero: number;
  readonly duplicate: number;
}

/** Counts the faulty rows of a feature matrix. A matrix of one column has no constant rows but zeros. */
export function countRowFaults(matrix: FeatureMatrix): RowFaults {
  const rowsByHash = new Map<number, number[]>();
  const bits = new Int32Array(matrix.values.buffer, matrix.values.byteOffset, matrix.values.length);
  const faults = { constant: 0, zero: 0, duplicate: 0 };
  for (let row = 0; row < matrix.rows; row++) {
    if (isConstant(matrix, row)) {
      const isZero = matrix.values[row * matrix.columns] === 0;
      if (isZero) faults.zero++;
      if (isZero || matrix.columns > 1) faults.constant++;
    } else if (hasEqual(rowsByHash, bits, matrix.columns, row)) faults.duplicate++;
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

/** Whether an earlier row has the same bits; remembers the row where not. */
function hasEqual(rowsByHash: Map<number, number[]>, bits: Int32Array, columns: number, row: number): boolean {
  const hash = hashRow(bits, row * columns, columns);
  const candidates = rowsByHash.get(hash);
  if (candidates?.some((other) => areEqual(bits, columns, row, other))) return true;
  if (candidates === undefined) rowsByHash.set(hash, [row]);
  else candidates.push(row);
  return false;
}

function hashRow(bits: Int32Array, start: number, length: number): number {
  let hash = 0;
  for (let n = start; n < start + length; n++) {
    const mixed = Math.imul(hash ^ bits[n]!, 0x9e3779b1);
    hash = mixed ^ (mixed >>> 15);
  }
  return hash;
}

function areEqual(bits: Int32Array, columns: number, one: number, other: number): boolean {
  for (let n = 0; n < columns; n++) {
    if (bits[one * columns + n] !== bits[other * columns + n]) return false;
  }
  return true;
}
