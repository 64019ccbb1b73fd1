import { STABLE_SOFTPLUS_GRAD } from '../kernel/names.js';
import type { UnaryGradInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

export const softplusGradKernel = defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, (wasm, { x, dy }) => {
  const out = wasm.output(x.shape);
  wasm.kernels.softplusGrad(wasm.address(x), wasm.address(dy), wasm.address(out), sizeOf(x.shape));
  return out;
});
