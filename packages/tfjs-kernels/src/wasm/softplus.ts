import { STABLE_SOFTPLUS } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

export const softplusKernel = defineKernel<UnaryInputs>(STABLE_SOFTPLUS, (wasm, { x }) => {
  const out = wasm.output(x.shape);
  wasm.kernels.softplus(wasm.address(x), wasm.address(out), sizeOf(x.shape));
  return out;
});
