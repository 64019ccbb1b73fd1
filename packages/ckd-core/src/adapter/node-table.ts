import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** Users' and items' rows of a table `[users + items, d]`, users first. */
export function nodeTable(table: tf.Tensor2D, userCount: number) {
  const itemCount = table.shape[0] - userCount;
  return {
    users: (ids?: Int32Array): tf.Tensor2D => (ids ? gatherRows(table, ids) : tf.slice(table, 0, userCount)),
    items: (ids?: Int32Array): tf.Tensor2D =>
      ids
        ? gatherRows(
            table,
            ids.map((id) => userCount + id),
          )
        : tf.slice(table, userCount, itemCount),
  };
}
