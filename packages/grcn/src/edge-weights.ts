import { type CsrPattern, gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/**
 * What GRCN prunes the graph with: relu(max over modalities of attention * confidence of the edge's source node), `[edges]`.
 * @param attention by modality, `[edges]` each
 * @param confidence `[users + items, modalities]`
 */
export function edgeWeights(
  edges: CsrPattern,
  attention: readonly tf.Tensor1D[],
  confidence: tf.Tensor2D,
): tf.Tensor1D {
  const ofSource = gatherRows(confidence, edges.columnIndicesTensor());
  const weighted = tf.mul(tf.stack([...attention], 1), ofSource);
  return tf.relu(tf.max<tf.Tensor1D>(weighted, 1));
}
