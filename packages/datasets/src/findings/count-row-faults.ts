import { constantRows } from '../features/constant-rows.js';
import { firstEqualRows } from '../features/equal-rows.js';
import type { FeatureMatrix } from '../features/feature-matrix.js';

/** Rows that say little: `zero` is part of `constant`; `duplicate` counts rows that equal an earlier one and are not constant. */
export interface RowFaults {
  readonly constant: number;
  readonly zero: number;
  readonly duplicate: number;
}

/** Counts the faulty rows of a feature matrix. A matrix of one column has no constant rows but zeros. */
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
