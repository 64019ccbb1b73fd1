import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { multiplyRows } from '../multiply-rows.js';
import type { Scorer } from './recall.js';
import { ridgeInverse } from './ridge-inverse.js';
import { sumKnown } from './sum-known.js';

/**
 * A linear probe (Alain and Bengio, 2016): each user is a class, and a ridge regression (Hoerl and Kennard, 1970) on frozen
 * features tells the items that the user knows, 1, from all others, 0. In closed form, w = (XᵀX + λI)⁻¹ Xᵀr, with one matrix for
 * all users, and the score of an item is <w, x>: the most that a model that is linear in the features, as VBPR is, gets from
 * squared errors.
 *
 * @param matrix X, as prepared
 * @param products XᵀX
 * @param ridge λ, as a multiple of the mean eigenvalue of XᵀX
 */
export function linearScorer(matrix: FeatureMatrix, products: Float32Array, ridge: number): Scorer {
  const { rows, columns, values } = matrix;
  let trace = 0;
  for (let k = 0; k < columns; k++) trace += products[k * (columns + 1)]!;
  // Features that are all the same leave nothing to regress on; any λ then gives scores of 0.
  const inverse = ridgeInverse(products, columns, trace > 0 ? (ridge * trace) / columns : 1);
  return (known, first, last, scores) => {
    const weights = new Float32Array((last - first) * columns);
    multiplyRows(sumKnown(matrix, known, first, last), last - first, inverse, columns, columns, weights);
    multiplyRows(weights, last - first, values, rows, columns, scores);
  };
}
