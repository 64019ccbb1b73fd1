import { BIAS_RECTIFY } from '../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const biasRectifyKernel = defineKernel<BiasRectifyInputs, SlopeAttributes>(
  BIAS_RECTIFY,
  (cpu, inputs, { slope }) => {
    const bias = cpu.floats(inputs.bias);
    const out = cpu.floats(inputs.x).slice();
    for (let at = 0; at < out.length; at++) out[at]! += bias[at % bias.length]!;
    for (const addend of [inputs.first, inputs.second]) {
      if (addend === undefined) continue;
      const values = cpu.floats(addend);
      for (let at = 0; at < out.length; at++) out[at]! += values[at]!;
    }
    for (let at = 0; at < out.length; at++) if (!(out[at]! > 0)) out[at]! *= slope;
    return cpu.output(inputs.x.shape, out);
  },
);
