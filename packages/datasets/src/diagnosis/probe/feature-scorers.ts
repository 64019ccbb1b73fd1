import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import { type FeatureMatrix, rowNorms } from '../../features/feature-matrix.js';
import { multiplyRows } from '../../numeric/multiply-rows.js';
import { ridgeInverse } from '../../numeric/ridge-inverse.js';
import type { Scorer } from './recall.js';

/**
 * Content-based neighbours (Lops, de Gemmis and Semeraro, 2011): an item's score is the cosine of its features with the mean
 * features of the items that the user knows. Nothing is learned. An item with all-zero features scores 0.
 *
 * @param matrix the prepared features
 */
export function contentNeighbourScorer(matrix: FeatureMatrix): Scorer {
  const { rows, columns, values } = matrix;
  const norms = rowNorms(matrix);
  return (known, first, last, scores) => {
    // A sum ranks items the same as a mean.
    const profiles = sumKnown(matrix, known, first, last);
    multiplyRows(profiles, last - first, values, rows, columns, scores);
    for (let user = 0; user < last - first; user++) {
      for (let item = 0; item < rows; item++) {
        if (norms[item]! > 0) scores[user * rows + item]! /= norms[item]!;
      }
    }
  };
}

/**
 * A linear probe (Alain and Bengio, 2016). Each user is a class, and a ridge regression (Hoerl and Kennard, 1970) on frozen
 * features separates the items that the user knows (target 1) from all others (target 0). The closed form is
 * w = (XᵀX + λI)⁻¹ Xᵀr, with one matrix for all users, and an item's score is <w, x>. This is the best fit in squared error that a
 * model linear in the features, such as VBPR, can reach.
 *
 * @param matrix X, the prepared features
 * @param products XᵀX
 * @param ridge λ, as a multiple of the mean eigenvalue of XᵀX
 */
export function linearScorer(matrix: FeatureMatrix, products: Float32Array, ridge: number): Scorer {
  const { rows, columns, values } = matrix;
  let trace = 0;
  for (let k = 0; k < columns; k++) trace += products[k * (columns + 1)]!;
  // If all features are the same, there is nothing to regress on, and any λ gives scores of 0.
  const inverse = ridgeInverse(products, columns, trace > 0 ? (ridge * trace) / columns : 1);
  return (known, first, last, scores) => {
    const weights = new Float32Array((last - first) * columns);
    multiplyRows(sumKnown(matrix, known, first, last), last - first, inverse, columns, columns, weights);
    multiplyRows(weights, last - first, values, rows, columns, scores);
  };
}

/** XᵀX: the sums of the products of columns, `[columns, columns]`. */
export function covariance({ rows, columns, values }: FeatureMatrix): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) transposed[k * rows + row] = values[row * columns + k]!;
  }
  const products = new Float32Array(columns * columns);
  multiplyRows(transposed, columns, transposed, columns, rows, products);
  return products;
}

/** For each user from `first` to `last` (exclusive): the sum of the features of the known items. */
function sumKnown(matrix: FeatureMatrix, known: Interactions, first: number, last: number): Float32Array {
  const { columns, values } = matrix;
  const sums = new Float32Array((last - first) * columns);
  for (let user = first; user < last; user++) {
    const start = (user - first) * columns;
    for (const item of itemsOf(known, user)) {
      for (let k = 0; k < columns; k++) sums[start + k]! += values[item * columns + k]!;
    }
  }
  return sums;
}
