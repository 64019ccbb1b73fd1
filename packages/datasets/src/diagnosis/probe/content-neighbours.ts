import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { rowNorms } from '../features/row-norms.js';
import { multiplyRows } from '../multiply-rows.js';
import type { Scorer } from './recall.js';
import { sumKnown } from './sum-known.js';

/**
 * Content-based neighbours (Lops, de Gemmis and Semeraro, 2011): an item's score is the cosine of its features with the mean of
 * those of the items that the user knows. Nothing is learned. An item whose features are zero scores 0.
 *
 * @param matrix as prepared
 */
export function contentNeighbourScorer(matrix: FeatureMatrix): Scorer {
  const { rows, columns, values } = matrix;
  const norms = rowNorms(matrix);
  return (known, first, last, scores) => {
    // A sum ranks as a mean does.
    const profiles = sumKnown(matrix, known, first, last);
    multiplyRows(profiles, last - first, values, rows, columns, scores);
    for (let user = 0; user < last - first; user++) {
      for (let item = 0; item < rows; item++) {
        if (norms[item]! > 0) scores[user * rows + item]! /= norms[item]!;
      }
    }
  };
}
