import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { spreadingDirections } from './spreading-directions.js';

/** Projections of each row: four numbers tell most pairs apart. */
export const SIGNATURE_WIDTH = 4;

/** Rows sorted by the first number of their signatures. */
export interface SortedSignatures {
  readonly rows: Int32Array;
  /** `[rows, 4]`, in the order of `rows`: projections, at length 1, on orthonormal vectors. */
  readonly signatures: Float32Array;
}

/** Rows, at length 1, by their projections on the directions along which they spread most. */
export function sortBySignature(matrix: FeatureMatrix, norms: Float64Array, rows: Int32Array): SortedSignatures {
  const directions = spreadingDirections(matrix, norms, SIGNATURE_WIDTH);
  const projected = new Float32Array(matrix.rows * SIGNATURE_WIDTH);
  for (const row of rows) {
    for (const [n, direction] of directions.entries()) {
      projected[row * SIGNATURE_WIDTH + n] = projection(matrix, row, direction) / norms[row]!;
    }
  }
  const sorted = rows.slice();
  sorted.sort((one, other) => projected[one * SIGNATURE_WIDTH]! - projected[other * SIGNATURE_WIDTH]! || one - other);
  const signatures = new Float32Array(sorted.length * SIGNATURE_WIDTH);
  for (const [n, row] of sorted.entries()) {
    signatures.set(projected.subarray(row * SIGNATURE_WIDTH, (row + 1) * SIGNATURE_WIDTH), n * SIGNATURE_WIDTH);
  }
  return { rows: sorted, signatures };
}

function projection({ columns, values }: FeatureMatrix, row: number, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < columns; k++) sum += values[row * columns + k]! * direction[k]!;
  return sum;
}
