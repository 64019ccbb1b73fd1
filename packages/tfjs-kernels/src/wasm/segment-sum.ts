import { SEGMENT_SUM } from '../kernel/names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSumKernel = defineKernel<UnaryInputs, PatternAttributes>(
  SEGMENT_SUM,
  (wasm, { x }, { pattern }) => {
    const offsets = wasm.address(pattern.rowOffsetsTensor());
    const out = wasm.output([pattern.rows, ...x.shape.slice(1)]);
    wasm.kernels.segmentSum(offsets, wasm.address(x), wasm.address(out), pattern.rows, x.shape[1] ?? 1);
    return out;
  },
);
