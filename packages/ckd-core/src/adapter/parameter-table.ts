import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { StepScope } from './step-scope.js';

/** Brings rows up to date that an optimizer let fall behind: those of `ids`, each once, or all. */
export type Settle = (ids?: Int32Array) => void;

/**
 * A table that is a parameter and of which most steps read few rows, so that its gradient and its update cost those rows alone.
 * An optimizer may let the other rows fall behind; whoever reads through this class never sees that.
 */
export class ParameterTable {
  readonly name: string;
  /** `[rows, columns]`. Rows may be behind: read through {@link rows} and {@link whole}. */
  readonly variable: tf.Variable & tf.Tensor2D;
  #settleWith: Settle | undefined;

  constructor(name: string, variable: tf.Variable & tf.Tensor2D) {
    this.name = name;
    this.variable = variable;
  }

  /**
   * Rows as they are now, `[ids.length, columns]`. In a step that is differentiated the gradient stops at these rows, and the
   * scope hands it to the optimizer.
   * @param ids each once
   */
  rows(ids: Int32Array, scope: StepScope): tf.Tensor2D {
    this.settle(ids);
    const rows = withoutTape(() => gatherRows(this.variable, ids));
    scope.rowReads.push({ parameter: this.name, ids, rows });
    return rows;
  }

  /** The table as it is now, `[rows, columns]`, with its gradient going to all of it. */
  whole(): tf.Tensor2D {
    this.settle();
    return this.variable;
  }

  /** Brings rows up to date in place: those of `ids`, each once, or all. */
  settle(ids?: Int32Array): void {
    this.#settleWith?.(ids);
  }

  /** For the optimizer that moves this table: what to call before rows are read. Undefined once it has let go. */
  settleWith(settle: Settle | undefined): void {
    this.#settleWith = settle;
  }
}

/** TF.js records nothing inside a custom gradient; so the tape does not hold the table, which the optimizer could not then write in place. */
function withoutTape(compute: () => tf.Tensor2D): tf.Tensor2D {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as tf.Tensor2D;
}
