import { type FeatureMatrix, meanRow, rowNorms } from '../features/feature-matrix.js';
import { multiplyRows } from '../numeric/multiply-rows.js';
import { RandomSource } from '../numeric/random-source.js';

/** How the items of a modality are spread in feature space. */
export interface FeatureSpread {
  /**
   * How many directions the features really use: the participation ratio of the eigenvalues of their covariance, (Σλ)² / Σλ².
   * It is 1 if all items lie on a line, and the number of columns if they fill the space evenly.
   */
  readonly effectiveRank: number;
  /** The mean cosine similarity of two different items. If it is near 1, cosines hardly distinguish items. */
  readonly meanCosine: number;
}

/** All pairs among this many rows give the rank to within a few percent, in half a second for 4096 columns. */
const SAMPLED_ROWS = 512;

/**
 * Measures the spread from the dot products of up to 512 rows, sampled with a fixed seed: Σλ is the mean squared norm of a
 * centred row, and Σλ² is the mean squared dot product of two different rows.
 */
export function measureSpread(matrix: FeatureMatrix): FeatureSpread {
  const rows = sampleRows(matrix.rows);
  const norms = rowNorms(matrix);
  const directions = scaledRows(matrix, rows, (row) => (norms[row]! > 0 ? 1 / norms[row]! : 0));
  const meanCosine = meanOfPairs(dotProducts(directions), rows.length, (dot) => dot);

  // Fourth powers of large features overflow float32. The ratio does not depend on the scale.
  const scale = 1 / (norms.reduce((largest, norm) => Math.max(largest, norm), 0) || 1);
  const centred = scaledRows(matrix, rows, () => scale, meanRow(matrix));
  const estimate = participationRatio(dotProducts(centred), rows.length, matrix.rows);
  // The estimate from a sample may exceed what the ratio itself never does.
  return { effectiveRank: Math.min(estimate, matrix.columns, matrix.rows - 1), meanCosine };
}

function sampleRows(count: number): Int32Array {
  const all = Int32Array.from({ length: count }, (_, row) => row);
  return new RandomSource(0, 'spread').shuffle(all).subarray(0, SAMPLED_ROWS);
}

/** Some rows, minus `subtracted`, each multiplied by its scale. */
function scaledRows(
  { columns, values }: FeatureMatrix,
  rows: Int32Array,
  scaleOf: (row: number) => number,
  subtracted: Float64Array = new Float64Array(columns),
): FeatureMatrix {
  const scaled = new Float32Array(rows.length * columns);
  for (const [n, row] of rows.entries()) {
    const scale = scaleOf(row);
    for (let k = 0; k < columns; k++) scaled[n * columns + k] = (values[row * columns + k]! - subtracted[k]!) * scale;
  }
  return { rows: rows.length, columns, values: scaled };
}

function dotProducts({ rows, columns, values }: FeatureMatrix): Float32Array {
  const products = new Float32Array(rows * rows);
  multiplyRows(values, rows, values, rows, columns, products);
  return products;
}

function meanOfPairs(products: Float32Array, count: number, value: (dot: number) => number): number {
  if (count < 2) return 0;
  let sum = 0;
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) sum += value(products[one * count + other]!);
  }
  return sum / ((count * (count - 1)) / 2);
}

function participationRatio(products: Float32Array, sampled: number, rows: number): number {
  let trace = 0;
  let squares = 0;
  for (let row = 0; row < sampled; row++) {
    trace += products[row * (sampled + 1)]!;
    squares += products[row * (sampled + 1)]! ** 2;
  }
  const ofPairs = meanOfPairs(products, sampled, (dot) => dot * dot);
  // With all rows, the covariance is known exactly. In a sample, a row's product with itself would mostly reflect the sample
  // size.
  const squaredTrace = (trace / sampled) ** 2;
  const sumOfSquares = sampled === rows ? (squares + sampled * (sampled - 1) * ofPairs) / sampled ** 2 : ofPairs;
  return sumOfSquares > 0 ? squaredTrace / sumOfSquares : 0;
}
