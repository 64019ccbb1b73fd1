import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { StepScope } from './step-scope.js';

/** Brings rows that an optimizer left behind up to date: the rows in `ids` (distinct), or all of them. */
export type Settle = (ids?: Int32Array) => void;

/**
 * A table parameter for which most steps read only a few rows, so that its gradient and its update cost only those rows.
 * An optimizer may let the other rows fall behind; reads through this class never see that.
 */
export class ParameterTable {
  readonly name: string;
  /** `[rows, columns]`. Rows may be out of date: read through {@link rows} and {@link whole}. */
  readonly variable: tf.Variable & tf.Tensor2D;
  #settleWith: Settle | undefined;

  constructor(name: string, variable: tf.Variable & tf.Tensor2D) {
    this.name = name;
    this.variable = variable;
  }

  /**
   * Up-to-date rows, `[ids.length, columns]`. In a differentiated step the gradient stops at these rows, and the scope hands it to
   * the optimizer.
   * @param ids distinct
   */
  rows(ids: Int32Array, scope: StepScope): tf.Tensor2D {
    this.settle(ids);
    const rows = withoutTape(() => gatherRows(this.variable, ids));
    scope.rowReads.push({ parameter: this.name, ids, rows });
    return rows;
  }

  /** The up-to-date table, `[rows, columns]`. Its gradient flows to the whole table. */
  whole(): tf.Tensor2D {
    this.settle();
    return this.variable;
  }

  /** Brings rows up to date in place: the rows in `ids` (distinct), or all of them. */
  settle(ids?: Int32Array): void {
    this.#settleWith?.(ids);
  }

  /** Called by the optimizer that updates this table: sets what to call before rows are read. Undefined when the optimizer is disposed. */
  settleWith(settle: Settle | undefined): void {
    this.#settleWith = settle;
  }
}

/** TF.js records nothing inside a custom gradient. This keeps the table off the tape, so the optimizer can write it in place. */
function withoutTape(compute: () => tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as tf.Tensor2D;
}
