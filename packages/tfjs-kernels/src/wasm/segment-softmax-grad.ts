import { SEGMENT_SOFTMAX_GRAD } from '../kernel/names.js';
import type { PatternAttributes, SoftmaxGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxGradKernel = defineKernel<SoftmaxGradInputs, PatternAttributes>(
  SEGMENT_SOFTMAX_GRAD,
  (wasm, { y, dy }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output(y.shape);
    wasm.kernels.segmentSoftmaxGrad(offsets, wasm.address(y), wasm.address(dy), wasm.address(out), pattern.rows);
    return out;
  },
);
