import { SEGMENT_SOFTMAX } from '../kernel/names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxKernel = defineKernel<UnaryInputs, PatternAttributes>(
  SEGMENT_SOFTMAX,
  (cpu, inputs, { pattern }) => {
    const x = cpu.floats(inputs.x);
    const out = new Float32Array(x.length);
    for (let r = 0; r < pattern.rows; r++) {
      const start = pattern.rowOffsets[r]!;
      const end = pattern.rowOffsets[r + 1]!;
      let top = Number.NEGATIVE_INFINITY;
      for (let e = start; e < end; e++) top = Math.max(top, x[e]!);
      let sum = 0;
      for (let e = start; e < end; e++) sum += Math.exp(x[e]! - top);
      for (let e = start; e < end; e++) out[e] = Math.exp(x[e]! - top) / sum;
    }
    return cpu.output([x.length], out);
  },
);
