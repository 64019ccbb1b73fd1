import { BalancedRecError } from '@balanced-rec/errors';
import { type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkSameShape } from '../kernel/check.js';
import { ADAM_STEP } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { AdamAttributes } from '../kernel/signatures.js';

/** The constants of an update of Adam (Kingma and Ba, 2015). */
export interface AdamConstants {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Which update this is, from 1. */
  readonly step: number;
}

/** What an update moves: all of one shape. */
interface AdamVariables {
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
}

/** A parameter, its moments and its gradient, all of one shape. */
export interface AdamStepOptions extends AdamConstants, AdamVariables {
  readonly gradient: Tensor;
}

/**
 * One update of Adam (Kingma and Ba, 2015) with PyTorch's placing of epsilon:
 *
 *     m = beta1 m + (1 - beta1) g
 *     v = beta2 v + (1 - beta2) g^2
 *     p = p - learningRate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 *
 * in float32, the bias corrections in double precision. All four tensors have one shape. Where a variable alone holds its memory the
 * wasm engine writes in place; a tensor that shares it (a clone, {@link detach}) keeps the old values.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/invalid-argument` where `step` is not an integer from 1.
 */
export function adamStep(options: AdamStepOptions): void {
  const { parameter, gradient, firstMoment, secondMoment } = options;
  checkSameShape('adamStep: gradient', parameter, gradient);
  checkTables('adamStep', options);
  const attributes = biasCorrected('adamStep', options);
  tidy(() => {
    const inputs = { parameter, gradient, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>(ADAM_STEP, inputs, attributes));
  });
}

export function checkTables(place: string, { parameter, firstMoment, secondMoment }: AdamVariables): void {
  checkSameShape(`${place}: firstMoment`, parameter, firstMoment);
  checkSameShape(`${place}: secondMoment`, parameter, secondMoment);
}

/** What the kernels need of the constants at this update. */
export function biasCorrected(
  place: string,
  { learningRate, beta1, beta2, epsilon, step }: AdamConstants,
): AdamAttributes {
  if (!Number.isInteger(step) || step < 1) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: `${place}: step`,
      message: 'Adam counts its updates from 1',
      expected: 'an integer from 1',
      found: String(step),
    });
  }
  const stepSize = learningRate / (1 - beta1 ** step);
  return { beta1, beta2, epsilon, stepSize, correction: Math.sqrt(1 - beta2 ** step) };
}

export function assignUpdated(
  { parameter, firstMoment, secondMoment }: AdamVariables,
  updated: readonly Tensor[],
): void {
  [parameter, firstMoment, secondMoment].forEach((variable, i) => void variable.assign(updated[i]!));
}
