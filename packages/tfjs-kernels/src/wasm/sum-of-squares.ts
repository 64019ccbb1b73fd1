import { SUM_OF_SQUARES } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

export const sumOfSquaresKernel = defineKernel<UnaryInputs>(SUM_OF_SQUARES, (wasm, { x }) => {
  const out = wasm.output([]);
  wasm.floats(out)[0] = wasm.kernels.sumOfSquares(wasm.address(x), sizeOf(x.shape));
  return out;
});
