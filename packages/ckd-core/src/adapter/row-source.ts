import { gatherRows } from '@balanced-rec/tfjs-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import { distinctIds } from './distinct-ids.js';

/** Rows of users or items in one view. A step usually needs only a few of them. */
export interface RowSource {
  /** All of them: `[count, D]`. */
  whole(): tf.Tensor2D;
  /** A table that contains the rows of several lists of ids, with each list's positions in it. */
  rowsOf(lists: readonly Int32Array[]): BatchRows;
}

/** The rows of a batch as positions in a table, which avoids copying them unnecessarily. */
export interface BatchRows {
  /** `[rows, D]` */
  readonly table: tf.Tensor2D;
  /** For each list of ids, its row numbers in the table. */
  readonly positions: readonly Int32Array[];
}

/** All rows, held as one table `[count, D]`: an id is its row number. */
export function rowsOfTable(table: () => tf.Tensor2D): RowSource {
  return { whole: table, rowsOf: (lists) => ({ table: table(), positions: lists }) };
}

/** Rows that are computed on request, each only once: `rows` receives distinct ids in ascending order. */
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
 * One row `[1, D]` that all `count` ids share: how do(m) replaces features and preferences with their mean.
 * Uses a gather because the gradient of `tf.tile` slices the result row by row.
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
