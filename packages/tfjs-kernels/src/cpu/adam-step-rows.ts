import { ADAM_STEP_ROWS } from '../kernel-names.js';
import type { AdamInputs, AdamRowsAttributes } from '../kernel-signatures.js';
import { defineKernel } from './define-kernel.js';

/** Writes new arrays: the cpu backend may hold an array that its user still holds too. */
export const adamStepRowsKernel = defineKernel<AdamInputs, AdamRowsAttributes>(
  ADAM_STEP_ROWS,
  (cpu, inputs, { ids, beta1, beta2, epsilon, stepSize, correction }) => {
    const p = cpu.floats(inputs.parameter).slice();
    const m = cpu.floats(inputs.firstMoment).slice();
    const v = cpu.floats(inputs.secondMoment).slice();
    const gradient = cpu.floats(inputs.gradient);
    const d = inputs.parameter.shape[1]!;
    for (const [i, id] of ids.entries()) {
      for (let j = 0; j < d; j++) {
        const at = id * d + j;
        const g = gradient[i * d + j]!;
        m[at] = beta1 * m[at]! + (1 - beta1) * g;
        v[at] = beta2 * v[at]! + (1 - beta2) * g * g;
        p[at]! -= (stepSize * m[at]!) / (Math.sqrt(v[at]!) / correction + epsilon);
      }
    }
    return [p, m, v].map((values) => cpu.output(inputs.parameter.shape, values));
  },
);
