import { SEGMENT_SOFTMAX_GRAD } from '../kernel/names.js';
import type { PatternAttributes, SoftmaxGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxGradKernel = defineKernel<SoftmaxGradInputs, PatternAttributes>(
  SEGMENT_SOFTMAX_GRAD,
  (cpu, inputs, { pattern }) => {
    const y = cpu.floats(inputs.y);
    const dy = cpu.floats(inputs.dy);
    const out = new Float32Array(y.length);
    for (let r = 0; r < pattern.rows; r++) {
      const start = pattern.rowOffsets[r]!;
      const end = pattern.rowOffsets[r + 1]!;
      let sum = 0;
      for (let e = start; e < end; e++) sum += y[e]! * dy[e]!;
      for (let e = start; e < end; e++) out[e] = y[e]! * (dy[e]! - sum);
    }
    return cpu.output([y.length], out);
  },
);
