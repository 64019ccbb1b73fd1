import * as tf from '@tensorflow/tfjs-core';

/** Users' rows `[users, d]` and items' rows `[items, d]` of a graph's nodes. */
export interface NodeSides {
  readonly users: tf.Tensor2D;
  readonly items: tf.Tensor2D;
}

/** Parts the rows of a graph's nodes `[users + items, d]`, users first. */
export function splitNodes(nodes: tf.Tensor2D, userCount: number): NodeSides {
  // The gradient of a split joins its parts; two slices would pad theirs with zeros and add them.
  const [users, items] = tf.split(nodes, [userCount, nodes.shape[0] - userCount], 0) as [tf.Tensor2D, tf.Tensor2D];
  return { users, items };
}
