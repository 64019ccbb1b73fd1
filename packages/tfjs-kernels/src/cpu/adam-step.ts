import { ADAM_STEP } from '../kernel-names.js';
import type { AdamAttributes, AdamInputs } from '../kernel-signatures.js';
import { defineKernel } from './define-kernel.js';

/** Writes new arrays: the cpu backend may hold an array that its user still holds too. */
export const adamStepKernel = defineKernel<AdamInputs, AdamAttributes>(
  ADAM_STEP,
  (cpu, inputs, { beta1, beta2, epsilon, stepSize, correction }) => {
    const p = cpu.floats(inputs.parameter).slice();
    const m = cpu.floats(inputs.firstMoment).slice();
    const v = cpu.floats(inputs.secondMoment).slice();
    const g = cpu.floats(inputs.gradient);
    for (let i = 0; i < p.length; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
      p[i]! -= (stepSize * m[i]!) / (Math.sqrt(v[i]!) / correction + epsilon);
    }
    return [p, m, v].map((values) => cpu.output(inputs.parameter.shape, values));
  },
);
