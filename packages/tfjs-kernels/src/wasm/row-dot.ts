import { ROW_DOT } from '../kernel/names.js';
import type { PairInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const rowDotKernel = defineKernel<PairInputs>(ROW_DOT, (wasm, { a, b }) => {
  const [n, d] = a.shape as [number, number];
  const out = wasm.output([n]);
  wasm.kernels.rowDot(wasm.address(a), wasm.address(b), wasm.address(out), n, d);
  return out;
});
