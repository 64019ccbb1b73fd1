import { COLUMN_SUM } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const columnSumKernel = defineKernel<UnaryInputs>(COLUMN_SUM, (wasm, { x }) => {
  const [n, d] = x.shape as [number, number];
  const out = wasm.output([d]);
  wasm.kernels.columnSum(wasm.address(x), wasm.address(out), n, d);
  return out;
});
