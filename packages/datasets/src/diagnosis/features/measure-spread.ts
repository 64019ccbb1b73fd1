import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { RandomSource } from '../../synthetic/random-source.js';
import { multiplyRows } from '../multiply-rows.js';

/** How the items of a modality lie in its space. */
export interface FeatureSpread {
  /**
   * How many directions the features really use: the participation ratio of the eigenvalues of their covariance,
   * (Σλ)² / Σλ². 1 where all lie on a line, the number of columns where they fill the space evenly.
   */
  readonly effectiveRank: number;
  /** The mean cosine similarity of two different items. Near 1, cosines hardly tell items apart. */
  readonly meanCosine: number;
}

/** All pairs of this many rows give the rank within a few percent, in half a second for 4096 columns. */
const SAMPLED_ROWS = 512;

/**
 * Measures the spread from the dot products of up to 512 rows, drawn with a fixed seed: Σλ is the mean square length of a
 * centred row, and Σλ² the mean square of the dot product of two different ones.
 */
export function measureSpread(matrix: FeatureMatrix): FeatureSpread {
  const sample = sampleRows(matrix);
  const meanCosine = meanOfPairs(dotProducts(sample), sample.rows, (dot, one, other) =>
    one > 0 && other > 0 ? dot / Math.sqrt(one * other) : 0,
  );
  subtractMean(sample, meanRow(matrix));
  return { effectiveRank: participationRatio(dotProducts(sample), sample.rows, matrix.rows), meanCosine };
}

function sampleRows({ rows, columns, values }: FeatureMatrix): FeatureMatrix {
  const order = new RandomSource(0, 'spread').shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const count = Math.min(rows, SAMPLED_ROWS);
  const sample = new Float32Array(count * columns);
  for (let n = 0; n < count; n++) {
    sample.set(values.subarray(order[n]! * columns, (order[n]! + 1) * columns), n * columns);
  }
  return { rows: count, columns, values: sample };
}

function meanRow({ rows, columns, values }: FeatureMatrix): Float64Array {
  const mean = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) mean[column]! += values[row * columns + column]! / rows;
  }
  return mean;
}

function subtractMean({ rows, columns, values }: FeatureMatrix, mean: Float64Array): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) values[row * columns + column]! -= mean[column]!;
  }
}

function dotProducts({ rows, columns, values }: FeatureMatrix): Float32Array {
  const products = new Float32Array(rows * rows);
  multiplyRows(values, rows, values, rows, columns, products);
  return products;
}

function meanOfPairs(
  products: Float32Array,
  count: number,
  value: (dot: number, square: number, otherSquare: number) => number,
): number {
  if (count < 2) return 0;
  let sum = 0;
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      sum += value(products[one * count + other]!, products[one * (count + 1)]!, products[other * (count + 1)]!);
    }
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
  // Of all rows the covariance is known; of a sample, a row's product with itself would tell of the sample's size.
  const squaredTrace = (trace / sampled) ** 2;
  const sumOfSquares = sampled === rows ? (squares + sampled * (sampled - 1) * ofPairs) / sampled ** 2 : ofPairs;
  return sumOfSquares > 0 ? squaredTrace / sumOfSquares : 0;
}
