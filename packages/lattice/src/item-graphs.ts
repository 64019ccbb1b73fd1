import { type FeatureMatrix, nearestNeighbours, type ObservedSet } from '@balanced-rec/ckd-core/backbone';
import {
  CsrMatrix,
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

/** The kNN graph of features `[items, d]`; the gradient flows through the similarities, not through the choice of neighbours. */
export function similarityGraph(features: tf.Tensor2D, neighbours: number): SimilarityGraph {
  return cosineGraph(features, nearestNeighbours(features, neighbours));
}

/** The learned graphs at one point in training, by modality, with the weights that mix them. */
export interface LearnedGraphs {
  readonly graphs: Readonly<Record<string, SimilarityGraph>>;
  /** Logits `[modalities]`. */
  readonly modalWeight: tf.Tensor1D;
}

/** A modality's original graph: the kNN graph of its initial features, symmetrically normalised. */
export function originalGraph(
  { rows: items, columns, values: features }: FeatureMatrix,
  neighbours: CsrPattern,
): CsrMatrix {
  let matrix: CsrMatrix | undefined;
  tf.tidy(() => {
    const { pattern, values } = cosineGraph(tf.tensor2d(features, [items, columns]), neighbours);
    const degrees = inverseRootDegrees(rowSums({ pattern, values })).dataSync();
    const rows = pattern.rowIndices();
    const similarity = values.dataSync<'float32'>();
    matrix = new CsrMatrix(
      pattern,
      similarity.map((value, e) => value * degrees[rows[e]!]! * degrees[pattern.columnIndices[e]!]!),
    );
  });
  return matrix!;
}

/**
 * (1 - lambda) D^-1/2 (sum w_m learned_m) D^-1/2 x + lambda sum w_m original_m x, over the observed modalities.
 * The learned graphs are mixed first and then normalised; the original graphs are normalised first and then mixed.
 */
export function mixedPropagation(
  learned: LearnedGraphs,
  originals: Readonly<Record<string, CsrMatrix>>,
  observed: ObservedSet,
  lambda: number,
): (x: tf.Tensor2D) => tf.Tensor2D {
  const weights = mixWeights(learned, observed);
  const weighted = <T extends tf.Tensor>(part: (m: string) => T): T =>
    tf.addN(observed.map((m, k) => tf.mul<T>(part(m), weights[k]!)));
  const degrees = inverseRootDegrees(weighted((m) => rowSums(learned.graphs[m]!)));
  return (x) => {
    const scaled = tf.mul<tf.Tensor2D>(x, degrees);
    const ofLearned = tf.mul<tf.Tensor2D>(
      weighted((m) => propagate(learned.graphs[m]!, scaled)),
      degrees,
    );
    const ofOriginals = weighted((m) => originals[m]!.matMul(x));
    return tf.add(tf.mul(ofLearned, 1 - lambda), tf.mul(ofOriginals, lambda));
  };
}

/** The softmax of the observed modalities' logits, as scalars. */
function mixWeights({ graphs, modalWeight }: LearnedGraphs, observed: ObservedSet): tf.Scalar[] {
  const names = Object.keys(graphs);
  const logits = observed.map((m) => tf.slice(modalWeight, names.indexOf(m), 1));
  const weights = tf.softmax(tf.concat(logits) as tf.Tensor1D);
  return observed.map((_, k) => tf.reshape(tf.slice(weights, k, 1), []));
}

/** The cosines of features `[items, d]` on a pattern. */
function cosineGraph(features: tf.Tensor2D, pattern: CsrPattern): SimilarityGraph {
  const unit = normalizeRows(features);
  return { pattern, values: sampledMatMul(pattern, unit, unit) };
}

/** The graph times x `[items, d]`. */
function propagate({ pattern, values }: SimilarityGraph, x: tf.Tensor2D): tf.Tensor2D {
  return csrMatMul(pattern, values, x);
}

/** rowsum^-1/2 as a column `[items, 1]`; zero where the row sum is not positive. */
function inverseRootDegrees(rowSums: tf.Tensor1D): tf.Tensor2D {
  const isPositive = tf.greater(detach(rowSums), 0);
  const safe = tf.where(isPositive, rowSums, tf.onesLike(rowSums));
  return tf.reshape(tf.where(isPositive, tf.rsqrt(safe), tf.zerosLike(rowSums)), [-1, 1]);
}

/** The sum of each row's values: `[items]`. */
function rowSums({ pattern, values }: SimilarityGraph): tf.Tensor1D {
  return segmentSum(pattern, values);
}
