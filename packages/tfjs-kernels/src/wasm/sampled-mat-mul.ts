import { SAMPLED_MAT_MUL } from '../kernel/names.js';
import type { PairInputs, PatternAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const sampledMatMulKernel = defineKernel<PairInputs, PatternAttributes>(
  SAMPLED_MAT_MUL,
  (wasm, { a, b }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const columns = wasm.address(pattern.columnIndicesTensor());
    const out = wasm.output([pattern.entries]);
    const d = a.shape[1]!;
    wasm.kernels.sampledMatMul(offsets, columns, wasm.address(a), wasm.address(b), wasm.address(out), pattern.rows, d);
    return out;
  },
);
