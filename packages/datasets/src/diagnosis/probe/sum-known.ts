import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import type { FeatureMatrix } from '../../features/feature-matrix.js';

/** Of each user from `first` to `last` (not included): the sum of the features of the known items. */
export function sumKnown(matrix: FeatureMatrix, known: Interactions, first: number, last: number): Float32Array {
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
