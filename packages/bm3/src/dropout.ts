import type { RandomGenerator } from '@balanced-rec/ckd-core';
import * as tf from '@tensorflow/tfjs-core';

/** Inverted dropout: each number is zero with probability `rate`, else divided by `1 - rate`. */
export function dropout(x: tf.Tensor2D, rate: number, random: RandomGenerator): tf.Tensor2D {
  if (rate === 0) return x;
  const keep = 1 / (1 - rate);
  const mask = Float32Array.from({ length: x.size }, () => (random.unit() < rate ? 0 : keep));
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}
