import { CSR_MAT_MUL } from '../kernel/names.js';
import type { CsrMatMulAttributes, CsrMatMulInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const csrMatMulKernel = defineKernel<CsrMatMulInputs, CsrMatMulAttributes>(
  CSR_MAT_MUL,
  (cpu, inputs, { pattern }) => {
    const values = cpu.floats(inputs.values);
    const dense = cpu.floats(inputs.dense);
    const d = inputs.dense.shape[1]!;
    const { rows, rowOffsets, columnIndices } = pattern;
    const out = new Float32Array(rows * d);
    const sum = new Float64Array(d);
    for (let r = 0; r < rows; r++) {
      sum.fill(0);
      for (let e = rowOffsets[r]!; e < rowOffsets[r + 1]!; e++) {
        const value = values[e]!;
        const from = columnIndices[e]! * d;
        for (let j = 0; j < d; j++) sum[j]! += value * dense[from + j]!;
      }
      out.set(sum, r * d);
    }
    return cpu.output([rows, d], out);
  },
);
