import * as tf from '@tensorflow/tfjs-core';

/** Users' rows `[users, d]` and items' rows `[items, d]` of a graph's nodes. */
export interface NodeSides {
  readonly users: tf.Tensor2D;
  readonly items: tf.Tensor2D;
}

/** Parts the rows of a graph's nodes `[users + items, d]`, users first. */
export function splitNodes(nodes: tf.Tensor2D, userCount: number): NodeSides {
  return { users: tf.slice(nodes, 0, userCount), items: tf.slice(nodes, userCount) };
}
