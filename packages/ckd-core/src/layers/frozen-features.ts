import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '../data/training-data.js';
import type { ItemFeatures } from './item-features.js';

/** Item features that are no parameter: the table and the mean row that do(m) puts in its place. */
export class FrozenFeatures implements ItemFeatures {
  readonly itemCount: number;
  readonly columns: number;
  /** `[1, columns]`: the mean over items. */
  readonly mean: tf.Tensor2D;
  readonly #table: tf.Tensor2D;

  constructor({ rows, columns, values }: FeatureMatrix) {
    this.itemCount = rows;
    this.columns = columns;
    this.#table = tf.keep(tf.tensor2d(values, [rows, columns]));
    this.mean = tf.keep(tf.tidy(() => tf.mean(this.#table, 0, true) as tf.Tensor2D));
  }

  whole(): tf.Tensor2D {
    return this.#table;
  }

  rows(ids: Int32Array): tf.Tensor2D {
    return gatherRows(this.#table, ids);
  }

  /** Frees the table and its mean row. */
  dispose(): void {
    this.#table.dispose();
    this.mean.dispose();
  }
}
