import { reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import { SEGMENT_SUM } from '../kernel/names.js';
import type { PatternAttributes } from '../kernel/signatures.js';
import { gatherRows } from '../ops/gather-rows.js';
import { defineGradient } from './define-gradient.js';

export const segmentSumGradient = defineGradient<PatternAttributes>(SEGMENT_SUM, {}, (dy, _, { pattern }) => ({
  x: () => {
    const [rows, width] = dy.shape as [number, number?];
    const spread = gatherRows(reshape(dy, [rows, width ?? 1]) as Tensor2D, pattern.rowIndicesTensor());
    return width === undefined ? reshape(spread, [pattern.entries]) : spread;
  },
}));
