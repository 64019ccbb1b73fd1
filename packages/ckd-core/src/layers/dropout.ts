import * as tf from '@tensorflow/tfjs-core';
import type { RandomGenerator } from '../random/random-generator.js';

/**
 * Inverted dropout (Srivastava et al., JMLR 2014): each number of x `[n, d]` is zero with probability `rate`, else divided by
 * `1 - rate`. Gives `[n, d]`; a rate of 0 gives x itself and draws nothing.
 */
export function dropout(x: tf.Tensor2D, rate: number, random: RandomGenerator): tf.Tensor2D {
  if (rate === 0) return x;
  const mask = new Float32Array(x.size);
  random.fillWhere(mask, rate * 2 ** 32, 1 / (1 - rate));
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}
