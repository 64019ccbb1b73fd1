import { BIAS_RECTIFY } from '../kernel/names.js';
import type { BiasRectifyInputs, SlopeAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const biasRectifyKernel = defineKernel<BiasRectifyInputs, SlopeAttributes>(
  BIAS_RECTIFY,
  (wasm, { x, bias, first, second }, { slope }) => {
    const [n, d] = x.shape as [number, number];
    const out = wasm.output([n, d]);
    const [from, row, to] = [wasm.address(x), wasm.address(bias), wasm.address(out)];
    const [one, other] = [first, second].map((addend) => (addend === undefined ? 0 : wasm.address(addend)));
    wasm.kernels.biasRectify(from, row, one!, other!, to, n, d, slope);
    return out;
  },
);
