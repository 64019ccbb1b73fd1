import type { FeatureMatrix } from './feature-matrix.js';

/**
 * Which rows say nothing: 1 where all values of a row are the same. In a matrix of one column, where every row is of one value,
 * only zeros count.
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
