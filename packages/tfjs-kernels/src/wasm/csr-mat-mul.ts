import { CSR_MAT_MUL } from '../kernel/names.js';
import type { CsrMatMulAttributes, CsrMatMulInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const csrMatMulKernel = defineKernel<CsrMatMulInputs, CsrMatMulAttributes>(
  CSR_MAT_MUL,
  (wasm, { values, dense }, { pattern }) => {
    const d = dense.shape[1]!;
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const columns = wasm.address(pattern.columnIndicesTensor());
    const out = wasm.output([pattern.rows, d]);
    wasm.kernels.csrMatMul(
      offsets,
      columns,
      wasm.address(values),
      wasm.address(dense),
      wasm.address(out),
      pattern.rows,
      d,
    );
    return out;
  },
);
