import type { CsrMatrix } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/**
 * LightGCN propagation (He et al., SIGIR 2020): the mean of x, A x, ..., A^layers x.
 * @param adjacency `[nodes, nodes]`
 * @param x `[nodes, d]`
 */
export function lightGcn(adjacency: CsrMatrix, x: tf.Tensor2D, layers: number): tf.Tensor2D {
  const depths = [x];
  for (let k = 0; k < layers; k++) depths.push(adjacency.matMul(depths[k]!));
  return tf.mul<tf.Tensor2D>(tf.addN(depths), 1 / depths.length);
}
