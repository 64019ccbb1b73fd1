import { STABLE_SOFTPLUS } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const softplusKernel = defineKernel<UnaryInputs>(STABLE_SOFTPLUS, (cpu, inputs) =>
  cpu.output(
    inputs.x.shape,
    cpu.floats(inputs.x).map((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  ),
);
