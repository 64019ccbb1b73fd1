import type { FeatureMatrix } from '../../features/feature-matrix.js';

/** The Euclidean length of each row. */
export function rowNorms({ rows, columns, values }: FeatureMatrix): Float64Array {
  const norms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let n = row * columns; n < (row + 1) * columns; n++) sum += values[n]! * values[n]!;
    norms[row] = Math.sqrt(sum);
  }
  return norms;
}
