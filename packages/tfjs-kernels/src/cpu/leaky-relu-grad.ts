import { LEAKY_RECTIFY_GRAD } from '../kernel/names.js';
import type { SlopeAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluGradKernel = defineKernel<UnaryGradInputs, SlopeAttributes>(
  LEAKY_RECTIFY_GRAD,
  (cpu, inputs, { slope }) => {
    const dy = cpu.floats(inputs.dy);
    return cpu.output(
      inputs.x.shape,
      cpu.floats(inputs.x).map((x, i) => (x > 0 ? dy[i]! : slope * dy[i]!)),
    );
  },
);
