import { BalancedRecError } from '@balanced-rec/errors';
import { type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkSameShape } from '../check.js';
import { ADAM_STEP } from '../kernel-names.js';
import { runKernel } from '../run-kernel.js';

export interface AdamStepOptions {
  readonly parameter: Variable;
  readonly gradient: Tensor;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Which update this is, from 1. */
  readonly step: number;
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
  const { parameter, gradient, firstMoment, secondMoment, learningRate, beta1, beta2, epsilon, step } = options;
  checkSameShape('adamStep: gradient', parameter, gradient);
  checkSameShape('adamStep: firstMoment', parameter, firstMoment);
  checkSameShape('adamStep: secondMoment', parameter, secondMoment);
  if (!Number.isInteger(step) || step < 1) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: 'adamStep: step',
      message: 'Adam counts its updates from 1',
      expected: 'an integer from 1',
      found: String(step),
    });
  }
  const stepSize = learningRate / (1 - beta1 ** step);
  const correction = Math.sqrt(1 - beta2 ** step);
  tidy(() => {
    const inputs = { parameter, gradient, firstMoment, secondMoment };
    const updated = runKernel<Tensor[]>(ADAM_STEP, inputs, { beta1, beta2, epsilon, stepSize, correction });
    [parameter, firstMoment, secondMoment].forEach((variable, i) => void variable.assign(updated[i]!));
  });
}
