import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '../data/training-data.js';

/** Item features that are not trained: the table and the mean row that do(m) puts in its place. */
export class FrozenFeatures {
  readonly columns: number;
  /** `[items, columns]` */
  readonly table: tf.Tensor2D;
  /** `[1, columns]`: the mean over items. */
  readonly mean: tf.Tensor2D;

  constructor({ rows, columns, values }: FeatureMatrix) {
    this.columns = columns;
    this.table = tf.keep(tf.tensor2d(values, [rows, columns]));
    this.mean = tf.keep(tf.tidy(() => tf.mean(this.table, 0, true) as tf.Tensor2D));
  }

  /** `[ids.length, columns]` */
  rows(ids: Int32Array): tf.Tensor2D {
    return gatherRows(this.table, ids);
  }

  dispose(): void {
    this.table.dispose();
    this.mean.dispose();
  }
}
