import { gatherRows } from '@balanced-rec/tfjs-kernels';
import type * as tf from '@tensorflow/tfjs-core';

/**
 * One row `[1, d]` as every row of `[count, d]`: how do(m) replaces features and preferences by their mean.
 * A gather, since the gradient of `tf.tile` slices the result apart row by row.
 */
export function repeatRow(row: tf.Tensor2D, count: number): tf.Tensor2D {
  return gatherRows(row, new Int32Array(count));
}
