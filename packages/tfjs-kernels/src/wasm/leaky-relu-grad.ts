import { LEAKY_RECTIFY_GRAD } from '../kernel/names.js';
import type { SlopeAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluGradKernel = defineKernel<UnaryGradInputs, SlopeAttributes>(
  LEAKY_RECTIFY_GRAD,
  (wasm, { x, dy }, { slope }) => {
    const out = wasm.output(x.shape);
    wasm.kernels.leakyReluGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape), slope);
    return out;
  },
);
