import { NORMALIZE_ROWS } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const normalizeRowsKernel = defineKernel<UnaryInputs, EpsilonAttributes>(
  NORMALIZE_ROWS,
  (wasm, { x }, { epsilon }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output(x.shape);
    wasm.kernels.normalizeRows(wasm.address(x), wasm.address(out), n, d, epsilon);
    return out;
  },
);
