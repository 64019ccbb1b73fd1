import { SCALE_ROWS } from '../kernel/names.js';
import type { ScaleRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scaleRowsKernel = defineKernel<ScaleRowsInputs>(SCALE_ROWS, (wasm, { x, weights }) => {
  const [n, d] = x.shape as [number, number];
  const out = wasm.output(x.shape);
  wasm.kernels.scaleRows(wasm.address(x), wasm.address(weights), wasm.address(out), n, d);
  return out;
});
