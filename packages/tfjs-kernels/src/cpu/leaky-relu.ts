import { LEAKY_RECTIFY } from '../kernel/names.js';
import type { SlopeAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluKernel = defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, (cpu, inputs, { slope }) =>
  cpu.output(
    inputs.x.shape,
    cpu.floats(inputs.x).map((x) => (x > 0 ? x : slope * x)),
  ),
);
