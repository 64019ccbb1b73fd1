import * as tf from '@tensorflow/tfjs-core';
import type { Representation, Triples } from '../adapter/representation.js';

/**
 * The L2 regulariser of BPR models over the batch's rows of users, positives and negatives:
 * (1/2 sum u^2 + 1/2 sum p^2 + 1/2 sum n^2) / batch size.
 */
export function halfSquares(view: Representation, batch: Triples): tf.Scalar {
  return tf.mul(view.squares(batch), 0.5 / batch.users.length) as tf.Scalar;
}
