import { SEGMENT_SUM } from '../kernel/names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSumKernel = defineKernel<UnaryInputs, PatternAttributes>(
  SEGMENT_SUM,
  (cpu, inputs, { pattern }) => {
    const x = cpu.floats(inputs.x);
    const width = inputs.x.shape[1] ?? 1;
    const { rows, rowOffsets } = pattern;
    const out = new Float32Array(rows * width);
    const sum = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      sum.fill(0);
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) {
        for (let j = 0; j < width; j++) sum[j]! += x[e * width + j]!;
      }
      out.set(sum, r * width);
    }
    return cpu.output([rows, ...inputs.x.shape.slice(1)], out);
  },
);
