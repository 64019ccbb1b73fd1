import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core';
import { ADAM_STEP } from '../kernel-names.js';
import type { AdamAttributes, AdamInputs } from '../kernel-signatures.js';
import { defineKernel } from './define-kernel.js';

export const adamStepKernel = defineKernel<AdamInputs, AdamAttributes>(
  ADAM_STEP,
  ({ parameter, gradient, firstMoment, secondMoment }, { beta1, beta2, epsilon, stepSize, correction }) => {
    const m = add(mul(firstMoment, beta1), mul(gradient, 1 - beta1));
    const v = add(mul(secondMoment, beta2), mul(square(gradient), 1 - beta2));
    const p = sub(parameter, div(mul(m, stepSize), add(div(sqrt(v), correction), epsilon)));
    return [p, m, v];
  },
);
