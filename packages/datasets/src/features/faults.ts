import { firstEqualRows } from './equal-rows.js';
import type { FeatureMatrix } from './feature-matrix.js';

/** Rows with little information. `zero` is part of `constant`; `duplicate` counts non-constant rows equal to an earlier one. */
export interface RowFaults {
  readonly constant: number;
  readonly zero: number;
  readonly duplicate: number;
}

/** Columns with no information, or none of their own: `duplicate` counts non-constant columns equal to an earlier one. */
export interface ColumnFaults {
  readonly constant: number;
  readonly duplicate: number;
}

/** Counts the faulty rows of a feature matrix. In a one-column matrix, only zero rows count as constant. */
export function countRowFaults(matrix: FeatureMatrix): RowFaults {
  const isConstant = constantRows(matrix);
  const firsts = firstEqualRows(matrix);
  const faults = { constant: 0, zero: 0, duplicate: 0 };
  for (let row = 0; row < matrix.rows; row++) {
    if (isConstant[row]) {
      faults.constant++;
      if (matrix.values[row * matrix.columns] === 0) faults.zero++;
    } else if (firsts[row] !== row) faults.duplicate++;
  }
  return faults;
}

/** Counts the faulty columns of a feature matrix. A single row is not enough to find any. */
export function countColumnFaults(matrix: FeatureMatrix): ColumnFaults {
  if (matrix.rows < 2) return { constant: 0, duplicate: 0 };
  const { varies, hashes } = scanColumns(matrix);
  const columnsByHash = new Map<number, number[]>();
  const faults = { constant: 0, duplicate: 0 };
  for (let column = 0; column < matrix.columns; column++) {
    if (!varies[column]) {
      faults.constant++;
      continue;
    }
    const candidates = columnsByHash.get(hashes[column]!) ?? [];
    if (candidates.some((other) => areEqual(matrix, column, other))) faults.duplicate++;
    else columnsByHash.set(hashes[column]!, [...candidates, column]);
  }
  return faults;
}

/**
 * Marks the rows without information: 1 if all values of a row are the same. In a one-column matrix, where every row trivially
 * is, only zeros count.
 */
export function constantRows(matrix: FeatureMatrix): Uint8Array {
  const { rows, columns, values } = matrix;
  return Uint8Array.from({ length: rows }, (_, row) => {
    const isConstant = values[row * columns] === 0 || columns > 1 ? hasOneValue(matrix, row) : false;
    return isConstant ? 1 : 0;
  });
}

function hasOneValue({ values, columns }: FeatureMatrix, row: number): boolean {
  const start = row * columns;
  const first = values[start];
  for (let n = start + 1; n < start + columns; n++) {
    if (values[n] !== first) return false;
  }
  return true;
}

/** Scans all columns in one pass over the rows: going column by column would load the whole matrix from memory for each. */
function scanColumns({ rows, columns, values }: FeatureMatrix): { varies: Uint8Array; hashes: Int32Array } {
  const varies = new Uint8Array(columns);
  const hashes = new Int32Array(columns);
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let column = 0; column < columns; column++) {
      if (values[start + column] !== values[column]) varies[column] = 1;
      const mixed = Math.imul(hashes[column]! ^ bits[start + column]!, 0x9e3779b1);
      hashes[column] = mixed ^ (mixed >>> 15);
    }
  }
  return { varies, hashes };
}

function areEqual({ rows, columns, values }: FeatureMatrix, one: number, other: number): boolean {
  for (let row = 0; row < rows; row++) {
    if (values[row * columns + one] !== values[row * columns + other]) return false;
  }
  return true;
}
