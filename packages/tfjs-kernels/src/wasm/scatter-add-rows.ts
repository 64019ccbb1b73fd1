import { SCATTER_ADD_ROWS } from '../kernel/names.js';
import type { ScatterAddRowsAttributes, ScatterAddRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scatterAddRowsKernel = defineKernel<ScatterAddRowsInputs, ScatterAddRowsAttributes>(
  SCATTER_ADD_ROWS,
  (wasm, { updates, ids }, { rows }) => {
    const [count, d] = updates.shape as [number, number];
    const out = wasm.output([rows, d]);
    wasm.kernels.scatterAddRows(wasm.address(updates), wasm.address(ids), wasm.address(out), count, rows, d);
    return out;
  },
);
