import { gather, mul, sub, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { SEGMENT_SOFTMAX_GRAD } from '../kernel/names.js';
import type { PatternAttributes, SoftmaxGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxGradKernel = defineKernel<SoftmaxGradInputs, PatternAttributes>(
  SEGMENT_SOFTMAX_GRAD,
  ({ y, dy }, { pattern }) => {
    const rows = pattern.rowIndicesTensor();
    return mul(y, sub(dy, gather(unsortedSegmentSum(mul(y, dy), rows, pattern.rows), rows)));
  },
);
