import { STABLE_SOFTPLUS_GRAD } from '../kernel/names.js';
import type { UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const softplusGradKernel = defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, (cpu, inputs) => {
  const dy = cpu.floats(inputs.dy);
  return cpu.output(
    inputs.x.shape,
    cpu.floats(inputs.x).map((x, i) => dy[i]! / (1 + Math.exp(-x))),
  );
});
