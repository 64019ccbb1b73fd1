import { LINEAR } from '../kernel/names.js';
import type { LinearInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const linearKernel = defineKernel<LinearInputs>(LINEAR, (wasm, { x, kernel, bias }) => {
  const [m, k] = x.shape as [number, number];
  const n = kernel.shape[1]!;
  const out = wasm.output([m, n]);
  const c = wasm.address(out);
  if (bias !== undefined) wasm.kernels.fillRows(c, wasm.address(bias), m, n);
  const accumulate = bias === undefined ? 0 : 1;
  wasm.kernels.gemm(wasm.address(x), wasm.address(kernel), c, m, k, n, 0, 0, accumulate, wasm.gemmScratch);
  return out;
});
