import { LEAKY_RECTIFY } from '../kernel/names.js';
import type { SlopeAttributes, UnaryInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluKernel = defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, (wasm, { x }, { slope }) => {
  const out = wasm.output(x.shape);
  wasm.kernels.leakyRelu(wasm.address(x), wasm.address(out), sizeOf(x.shape), slope);
  return out;
});
