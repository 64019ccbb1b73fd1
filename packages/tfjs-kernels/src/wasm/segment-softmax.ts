import { SEGMENT_SOFTMAX } from '../kernel/names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxKernel = defineKernel<UnaryInputs, PatternAttributes>(
  SEGMENT_SOFTMAX,
  (wasm, { x }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output(x.shape);
    wasm.kernels.segmentSoftmax(offsets, wasm.address(x), wasm.address(out), pattern.rows);
    return out;
  },
);
