import { bipartiteAdjacency, type TrainingData } from '@balanced-rec/ckd-core/backbone';
import { type CsrMatrix, CsrPattern, gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** The training interactions, both as a users-by-items pattern and as directed edges of a graph with users before items. */
export class InteractionEdges {
  /** `[users, items]` */
  readonly interactions: CsrPattern;
  /** 1 for users and for items without interactions, else 0. */
  readonly isolatedUsers: Int32Array;
  readonly isolatedItems: Int32Array;
  /** `[edges]`: 1 / the number of edges of the target. */
  readonly equalAttention: tf.Tensor1D;
  readonly #adjacency: CsrMatrix;

  constructor(data: Pick<TrainingData, 'userCount' | 'itemCount' | 'train'>) {
    this.interactions = new CsrPattern({
      rows: data.userCount,
      columns: data.itemCount,
      rowOffsets: data.train.offsets,
      columnIndices: data.train.items,
    });
    this.#adjacency = bipartiteAdjacency(data, 'rowMean');
    this.equalAttention = this.#adjacency.valuesTensor;
    this.isolatedUsers = emptyRows(this.interactions);
    this.isolatedItems = emptyRows(this.interactions.transposed().pattern);
  }

  /** `[users + items, users + items]`: first the edges into users, in the order of the interactions, then the edges into items. */
  get directed(): CsrPattern {
    return this.#adjacency.pattern;
  }

  /** Copies one value per interaction, `[interactions]`, to both of its edges, `[edges]`. */
  bothWays(values: tf.Tensor1D): tf.Tensor1D {
    const column = tf.reshape(values, [values.size, 1]) as tf.Tensor2D;
    const reversed = gatherRows(column, this.interactions.transposedOrderTensor());
    return tf.reshape(tf.concat([column, reversed], 0), [2 * values.size]);
  }

  dispose(): void {
    this.interactions.dispose();
    this.#adjacency.dispose();
  }
}

/**
 * The weights with which GRCN prunes the graph: relu(max over modalities of attention * confidence of the edge's source node), `[edges]`.
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

function emptyRows({ rows, rowOffsets }: CsrPattern): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => (rowOffsets[row + 1]! > rowOffsets[row]! ? 0 : 1));
}
