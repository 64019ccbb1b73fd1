import { nearestNeighbours } from '@balanced-rec/ckd-core/backbone';
import {
  type CsrPattern,
  csrMatMul,
  detach,
  normalizeRows,
  sampledMatMul,
  segmentSum,
} from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** A kNN graph of items whose values are cosine similarities. */
export interface SimilarityGraph {
  readonly pattern: CsrPattern;
  /** `[entries]` */
  readonly values: tf.Tensor1D;
}

/** The graph of features `[items, d]`; the gradient flows through the similarities, not through the choice of neighbours. */
export function similarityGraph(features: tf.Tensor2D, neighbours: number): SimilarityGraph {
  return cosineGraph(features, nearestNeighbours(features, neighbours));
}

/** The cosines of features `[items, d]` on a pattern. */
export function cosineGraph(features: tf.Tensor2D, pattern: CsrPattern): SimilarityGraph {
  const unit = normalizeRows(features);
  return { pattern, values: sampledMatMul(pattern, unit, unit) };
}

/** The graph times x `[items, d]`. */
export function propagate({ pattern, values }: SimilarityGraph, x: tf.Tensor2D): tf.Tensor2D {
  return csrMatMul(pattern, values, x);
}

/** rowsum^-1/2 as a column `[items, 1]`, zero where a row sums to nothing. */
export function inverseRootDegrees(rowSums: tf.Tensor1D): tf.Tensor2D {
  const isPositive = tf.greater(detach(rowSums), 0);
  const safe = tf.where(isPositive, rowSums, tf.onesLike(rowSums));
  return tf.reshape(tf.where(isPositive, tf.rsqrt(safe), tf.zerosLike(rowSums)), [-1, 1]);
}

/** The sum of each row's values: `[items]`. */
export function rowSums({ pattern, values }: SimilarityGraph): tf.Tensor1D {
  return segmentSum(pattern, values);
}
