import { type Tensor, type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { ADAM_STEP_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import { type AdamConstants, assignUpdated, biasCorrected, checkTables } from './adam-step.js';

/** A table, its moments, and the gradients of some rows. */
export interface AdamStepRowsOptions extends AdamConstants {
  /** `[n, d]` */
  readonly parameter: Variable;
  /** `[ids.length, d]`: the gradients of the rows that `ids` name. */
  readonly gradient: Tensor2D;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** Rows of the parameter, each once. */
  readonly ids: Int32Array;
}

/**
 * {@link adamStep} on some rows of a table alone. Rows that are not named miss the update; {@link adamMissedSteps} makes up for it
 * before they are next read.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`; `kernels/invalid-argument` where `step` is not an
 * integer from 1.
 */
export function adamStepRows(options: AdamStepRowsOptions): void {
  const { parameter, gradient, firstMoment, secondMoment, ids } = options;
  checkTables('adamStepRows', options);
  checkShape('adamStepRows: gradient', gradient, [ids.length, parameter.shape[1]!]);
  checkIds('adamStepRows: ids', ids, parameter.shape[0]!);
  const attributes = { ids, ...biasCorrected('adamStepRows', options) };
  tidy(() => {
    const inputs = { parameter, gradient, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>(ADAM_STEP_ROWS, inputs, attributes));
  });
}
