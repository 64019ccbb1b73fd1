import { gatherRows } from '@balanced-rec/tfjs-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { distinctIds } from './distinct-ids.js';

/** Rows of users or items in one view, of which a step mostly wants few. */
export interface RowSource {
  /** All of them: `[count, D]`. */
  whole(): tf.Tensor2D;
  /** A table that has the rows of several lists of ids, and where each list's are in it. */
  rowsOf(lists: readonly Int32Array[]): BatchRows;
}

/** The rows of a batch where they lie in a table, so that nobody copies them who need not. */
export interface BatchRows {
  /** `[rows, D]` */
  readonly table: tf.Tensor2D;
  /** For each list of ids its rows of the table. */
  readonly positions: readonly Int32Array[];
}

/** All rows, held as one table `[count, D]`: an id is its row. */
export function rowsOfTable(table: () => tf.Tensor2D): RowSource {
  return { whole: table, rowsOf: (lists) => ({ table: table(), positions: lists }) };
}

/** Rows that are computed when they are asked for, each once whatever the repetitions: `rows` gets distinct ids, ascending. */
export function computedRows({
  whole,
  rows,
}: {
  readonly whole: () => tf.Tensor2D;
  readonly rows: (ids: Int32Array) => tf.Tensor2D;
}): RowSource {
  return {
    whole,
    rowsOf: (lists) => {
      const { ids, positions } = distinctIds(lists);
      return { table: rows(ids), positions };
    },
  };
}

/**
 * One row `[1, D]` that all `count` ids share: how do(m) puts a mean in the place of features and preferences.
 * A gather, since the gradient of `tf.tile` slices the result apart row by row.
 */
export function sharedRow(row: () => tf.Tensor2D, count: number): RowSource {
  return {
    whole: () => gatherRows(row(), new Int32Array(count)),
    rowsOf: (lists) => ({ table: row(), positions: lists.map((list) => new Int32Array(list.length)) }),
  };
}

/** The rows of a list of ids, each copied: `[ids.length, D]`. */
export function copyRows(source: RowSource, ids: Int32Array): tf.Tensor2D {
  const { table, positions } = source.rowsOf([ids]);
  return gatherRows(table, positions[0]!);
}
