import { type FeatureMatrix, meanRow, rowNorms } from '../../features/feature-matrix.js';
import { RandomSource } from '../../numeric/random-source.js';

/** Wider features are reduced to this many columns. */
export const WIDEST = 512;

/**
 * Prepares features for the probes. Rows are scaled to norm 1, then centred, because what all items share distinguishes none of
 * them (and hides what does: cosines of raw features are often all near 1). Unusable rows become zero.
 *
 * Features with more than 512 columns are reduced by a count sketch (Charikar, Chen and Farach-Colton, ICALP 2002): each column
 * is added, with a random sign, to one of 512. Dot products are unbiased, with a standard deviation of about 4 % of the rows'
 * norms.
 */
export function prepareFeatures(matrix: FeatureMatrix, unusable: Uint8Array, widest = WIDEST): FeatureMatrix {
  const { rows, columns, values } = matrix;
  const scales = rowNorms(matrix).map((norm, row) => (unusable[row] || norm === 0 ? 0 : 1 / norm));
  const mean = meanRow(matrix, scales);
  const width = Math.min(columns, widest);
  const { target, sign } = columns > widest ? sketchOf(columns, widest) : identityOf(columns);
  const prepared = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    if (scales[row] === 0) continue;
    for (let k = 0; k < columns; k++) {
      prepared[row * width + target[k]!]! += sign[k]! * (values[row * columns + k]! * scales[row]! - mean[k]!);
    }
  }
  return { rows, columns: width, values: prepared };
}

interface ColumnMap {
  readonly target: Int32Array;
  readonly sign: Int8Array;
}

function identityOf(columns: number): ColumnMap {
  return { target: Int32Array.from({ length: columns }, (_, k) => k), sign: new Int8Array(columns).fill(1) };
}

function sketchOf(columns: number, width: number): ColumnMap {
  const random = new RandomSource(0, 'sketch');
  return {
    target: Int32Array.from({ length: columns }, () => random.below(width)),
    sign: Int8Array.from({ length: columns }, () => (random.below(2) === 0 ? -1 : 1)),
  };
}
