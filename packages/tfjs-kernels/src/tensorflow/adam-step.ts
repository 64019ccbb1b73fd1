import { add, div, mul, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { ADAM_STEP } from '../kernel/names.js';
import type { AdamAttributes, AdamInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

type AsTensors = { readonly [Name in keyof AdamInputs]: Tensor };

/** The updated parameter, first and second moment. */
export function composeAdamStep(
  { parameter, gradient, firstMoment, secondMoment }: AsTensors,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): Tensor[] {
  const m = add(mul(firstMoment, beta1), mul(gradient, 1 - beta1));
  const v = add(mul(secondMoment, beta2), mul(square(gradient), 1 - beta2));
  const p = sub(parameter, div(mul(m, stepSize), add(div(sqrt(v), correction), epsilon)));
  return [p, m, v];
}

export const adamStepKernel = defineKernel<AdamInputs, AdamAttributes>(ADAM_STEP, composeAdamStep);
