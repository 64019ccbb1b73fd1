import { SAMPLED_MAT_MUL } from '../kernel/names.js';
import type { PairInputs, PatternAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { dot } from './dot.js';

export const sampledMatMulKernel = defineKernel<PairInputs, PatternAttributes>(
  SAMPLED_MAT_MUL,
  (cpu, inputs, { pattern }) => {
    const a = cpu.floats(inputs.a);
    const b = cpu.floats(inputs.b);
    const d = inputs.a.shape[1]!;
    const { rows, entries, rowOffsets, columnIndices } = pattern;
    const out = new Float32Array(entries);
    for (let r = 0; r < rows; r++) {
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) out[e] = dot(a, r * d, b, columnIndices[e]! * d, d);
    }
    return cpu.output([entries], out);
  },
);
