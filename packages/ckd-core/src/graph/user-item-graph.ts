import { countByItem, type Interactions, itemsOf } from '@balanced-rec/interactions';
import { CsrMatrix } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { TrainingData } from '../data/training-data.js';

/**
 * How the adjacency matrix A of the training interactions is normalised, with degree matrix D:
 * - `rowMeanSelfLoop`: D^-1 (A + I), degrees counted with the loop (MMGCN, LATTICE)
 * - `rowMean`: D^-1 A
 * - `symmetric`: D^-1/2 A D^-1/2 with degree + 1e-7 (LightGCN as in MMRec: BM3, FREEDOM)
 */
export type AdjacencyNormalization = 'rowMeanSelfLoop' | 'rowMean' | 'symmetric';

/**
 * The normalised bipartite graph of users and items, users first: `[users + items, users + items]`.
 * Nodes without interactions have an empty row (with `rowMeanSelfLoop`, only their self-loop).
 */
export function bipartiteAdjacency(
  { userCount, itemCount, train }: Pick<TrainingData, 'userCount' | 'itemCount' | 'train'>,
  normalization: AdjacencyNormalization,
): CsrMatrix {
  const nodes = userCount + itemCount;
  const loop = normalization === 'rowMeanSelfLoop' ? 1 : 0;
  const degrees = nodeDegrees(train, userCount, itemCount);
  const value = (row: number, column: number): number =>
    normalization === 'symmetric'
      ? 1 / Math.sqrt((degrees[row]! + 1e-7) * (degrees[column]! + 1e-7))
      : 1 / (degrees[row]! + loop);

  const entries = 2 * train.items.length + loop * nodes;
  const rowIds = new Int32Array(entries);
  const columnIds = new Int32Array(entries);
  const values = new Float32Array(entries);
  let at = 0;
  const put = (row: number, column: number) => {
    rowIds[at] = row;
    columnIds[at] = column;
    values[at++] = value(row, column);
  };
  for (let user = 0; user < userCount; user++) {
    for (const item of itemsOf(train, user)) {
      put(user, userCount + item);
      put(userCount + item, user);
    }
  }
  for (let node = 0; node < loop * nodes; node++) put(node, node);
  return CsrMatrix.fromTriplets({ rows: nodes, columns: nodes, rowIds, columnIds, values });
}

/** The number of training interactions of each user, then of each item: `[users + items]`. */
function nodeDegrees(train: Interactions, userCount: number, itemCount: number): Int32Array {
  const degrees = new Int32Array(userCount + itemCount);
  for (let user = 0; user < userCount; user++) degrees[user] = itemsOf(train, user).length;
  degrees.set(countByItem(train, itemCount), userCount);
  return degrees;
}

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

/** A graph's nodes, split into user rows `[users, d]` and item rows `[items, d]`. */
export interface NodeSides {
  readonly users: tf.Tensor2D;
  readonly items: tf.Tensor2D;
}

/** Splits a graph's nodes `[users + items, d]` (users first) into users and items. */
export function splitNodes(nodes: tf.Tensor2D, userCount: number): NodeSides {
  // The gradient of a split concatenates its parts; the gradients of two slices would be padded with zeros and added.
  const [users, items] = tf.split(nodes, [userCount, nodes.shape[0] - userCount], 0) as [tf.Tensor2D, tf.Tensor2D];
  return { users, items };
}
