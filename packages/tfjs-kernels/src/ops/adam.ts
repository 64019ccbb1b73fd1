import { BalancedRecError } from '@balanced-rec/errors';
import { type Tensor, type Tensor2D, tidy, type Variable } from '@tensorflow/tfjs-core';
import { adamSegments, SEGMENT_FLOATS } from '../kernel/adam-segments.js';
import { checkIds, checkSameShape, checkShape } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { AdamAttributes } from '../kernel/signatures.js';

/** The constants of an Adam update (Kingma and Ba, 2015). */
export interface AdamConstants {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The number of this update, from 1. */
  readonly step: number;
}

/** The variables that an update changes, all of the same shape. */
interface AdamVariables {
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
}

/** A parameter, its moments and its gradient, all of the same shape. */
export interface AdamStepOptions extends AdamConstants, AdamVariables {
  readonly gradient: Tensor;
}

/**
 * One Adam update (Kingma and Ba, 2015) with epsilon placed as in PyTorch:
 *
 *     m = beta1 m + (1 - beta1) g
 *     v = beta2 v + (1 - beta2) g^2
 *     p = p - learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 *
 * in float32, with the bias corrections in double precision. All four tensors have the same shape. If a variable does not share its
 * memory, the wasm engine writes in place; a tensor that shares it (a clone, {@link detach}) keeps the old values.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/invalid-argument` if `step` is not an integer of at least 1.
 */
export function adamStep(options: AdamStepOptions): void {
  const { parameter, gradient, firstMoment, secondMoment } = options;
  checkSameShape('adamStep: gradient', parameter, gradient);
  checkTables('adamStep', options);
  const attributes = biasCorrected('adamStep', options);
  tidy(() => {
    const inputs = { parameter, gradient, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>('AdamStep', inputs, attributes));
  });
}

/** A table, its moments, and the gradients of some of its rows. */
export interface AdamStepRowsOptions extends AdamConstants {
  /** `[n, d]` */
  readonly parameter: Variable;
  /** `[ids.length, d]`: the gradients of the rows in `ids`. */
  readonly gradient: Tensor2D;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** Distinct rows of the parameter. */
  readonly ids: Int32Array;
}

/**
 * {@link adamStep} on only some rows of a table. The other rows miss the update; call {@link adamMissedSteps} to catch up before they
 * are next read.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`; `kernels/invalid-argument` if `step` is not an
 * integer of at least 1.
 */
export function adamStepRows(options: AdamStepRowsOptions): void {
  const { parameter, gradient, firstMoment, secondMoment, ids } = options;
  checkTables('adamStepRows', options);
  checkShape('adamStepRows: gradient', gradient, [ids.length, parameter.shape[1]!]);
  checkIds('adamStepRows: ids', ids, parameter.shape[0]!);
  const attributes = { ids, ...biasCorrected('adamStepRows', options) };
  tidy(() => {
    const inputs = { parameter, gradient, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>('AdamStepRows', inputs, attributes));
  });
}

/** A table, its moments, and the updates that its rows missed. */
export interface AdamMissedStepsOptions extends Omit<AdamConstants, 'learningRate' | 'step'> {
  /** `[n, d]` */
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** The distinct rows to bring up to date. */
  readonly ids: Int32Array;
  /** The last update in which each row took part: `[ids.length]`. */
  readonly lastUpdates: Int32Array;
  /** The update to bring the rows up to. */
  readonly step: number;
  /** The learning rate of each update, counted from 1. */
  readonly learningRate: (step: number) => number;
}

/**
 * Applies the updates that rows missed because they had no gradient: Adam keeps moving a row by its momentum, which halves about every
 * seven updates. The result equals {@link adamStep} with a zero gradient in each missed update, within float32 rounding, but takes a
 * single pass over the row that costs about as much as one update.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`.
 */
export function adamMissedSteps(options: AdamMissedStepsOptions): void {
  const { parameter, firstMoment, secondMoment, ids, epsilon } = options;
  checkTables('adamMissedSteps', options);
  checkIds('adamMissedSteps: ids', ids, parameter.shape[0]!);
  const plan = groupBySegments(options);
  if (plan.ids.length === 0) return;
  tidy(() => {
    const inputs = { parameter, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>('AdamMissedSteps', inputs, { ...plan, epsilon }));
  });
}

/** The rows that missed updates, and their segments. Rows with the same last update share segments. */
function groupBySegments({ ids, lastUpdates, step, ...constants }: AdamMissedStepsOptions) {
  const groupOf = new Map<number, number>();
  const offsets = [0];
  const segments: number[] = [];
  const behind = ids.filter((_, i) => lastUpdates[i]! < step);
  const groups = lastUpdates
    .filter((last) => last < step)
    .map((from) => {
      const known = groupOf.get(from);
      if (known !== undefined) return known;
      for (const value of adamSegments({ ...constants, from, to: step })) segments.push(value);
      offsets.push(segments.length / SEGMENT_FLOATS);
      groupOf.set(from, groupOf.size);
      return groupOf.size - 1;
    });
  return { ids: behind, groups, offsets: Int32Array.from(offsets), segments: Float32Array.from(segments) };
}

function checkTables(place: string, { parameter, firstMoment, secondMoment }: AdamVariables): void {
  checkSameShape(`${place}: firstMoment`, parameter, firstMoment);
  checkSameShape(`${place}: secondMoment`, parameter, secondMoment);
}

/** The constants in the form that the kernels need for this update. */
function biasCorrected(place: string, { learningRate, beta1, beta2, epsilon, step }: AdamConstants): AdamAttributes {
  if (!Number.isInteger(step) || step < 1) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: `${place}: step`,
      message: 'Adam counts updates from 1',
      expected: 'an integer of at least 1',
      found: String(step),
    });
  }
  const stepSize = learningRate / (1 - beta1 ** step);
  return { beta1, beta2, epsilon, stepSize, correction: Math.sqrt(1 - beta2 ** step) };
}

function assignUpdated({ parameter, firstMoment, secondMoment }: AdamVariables, updated: readonly Tensor[]): void {
  [parameter, firstMoment, secondMoment].forEach((variable, i) => void variable.assign(updated[i]!));
}
