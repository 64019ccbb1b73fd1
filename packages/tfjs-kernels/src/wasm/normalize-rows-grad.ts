import { NORMALIZE_ROWS_GRAD } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const normalizeRowsGradKernel = defineKernel<UnaryGradInputs, EpsilonAttributes>(
  NORMALIZE_ROWS_GRAD,
  (wasm, { x, dy }, { epsilon }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output(x.shape);
    wasm.kernels.normalizeRowsGrad(wasm.address(x), wasm.address(dy), wasm.address(out), n, d, epsilon);
    return out;
  },
);
