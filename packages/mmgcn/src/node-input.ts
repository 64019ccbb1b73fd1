import { type CsrMatrix, gatherRows, linear, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** The initial rows of the nodes in a modality's network, storing only the distinct ones. */
export interface NodeInput {
  /** The distinct rows `[distinct, d]`. */
  readonly rows: tf.Tensor2D;
  /** Gives every node its row: `[distinct, d]` to `[users + items, d]`. */
  spread(rows: tf.Tensor2D): tf.Tensor2D;
  /** The adjacency times the spread rows: `[distinct, d]` to `[users + items, d]`. */
  propagate(rows: tf.Tensor2D): tf.Tensor2D;
}

/** A separate row for every node: x = normalize([preference ; content]). */
export function observedInput(preference: tf.Tensor2D, content: tf.Tensor2D, adjacency: CsrMatrix): NodeInput {
  return {
    rows: normalizeRows(tf.concat([preference, content], 0) as tf.Tensor2D),
    spread: (rows) => rows,
    propagate: (rows) => adjacency.matMul(rows),
  };
}

/** The share of users and of items in each node's neighbourhood. */
export class SideShares {
  /** The side of each node: 0 for users, 1 for items. */
  readonly sides: Int32Array;
  /** `[users + items, 2]`: the adjacency times the indicator of sides. */
  readonly shares: tf.Tensor2D;

  constructor(adjacency: CsrMatrix, userCount: number) {
    const nodes = adjacency.pattern.rows;
    this.sides = new Int32Array(nodes).fill(1, userCount);
    const indicator = Float32Array.from({ length: 2 * nodes }, (_, k) => (this.sides[k >> 1] === k % 2 ? 1 : 0));
    this.shares = tf.keep(tf.tidy(() => adjacency.matMul(tf.tensor2d(indicator, [nodes, 2]))));
  }

  dispose(): void {
    this.shares.dispose();
  }
}

/** do(m): one row for all users and one for all items, so the first layer only processes two rows. */
export function imputedInput(userRow: tf.Tensor2D, itemRow: tf.Tensor2D, { sides, shares }: SideShares): NodeInput {
  return {
    rows: normalizeRows(tf.concat([userRow, itemRow], 0) as tf.Tensor2D),
    spread: (rows) => gatherRows(rows, sides),
    propagate: (rows) => linear(shares, rows),
  };
}
