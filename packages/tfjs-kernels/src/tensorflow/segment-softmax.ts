import { div, exp, gather, sub, type Tensor, tensor1d, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { CsrPattern } from '../csr-pattern.js';
import { SEGMENT_SOFTMAX } from '../kernel-names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel-signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSoftmaxKernel = defineKernel<UnaryInputs, PatternAttributes>(
  SEGMENT_SOFTMAX,
  ({ x }, { pattern }) => {
    const rows = pattern.rowIndicesTensor();
    const weights = exp(sub(x, gather(rowMaxima(pattern, x), rows)));
    return div(weights, gather(unsortedSegmentSum(weights, rows, pattern.rows), rows));
  },
);

/** TF.js has no segment maximum, so it is found outside the engine. */
function rowMaxima(pattern: CsrPattern, x: Tensor): Tensor {
  const values = x.dataSync();
  const maxima = new Float32Array(pattern.rows).fill(Number.NEGATIVE_INFINITY);
  for (let r = 0; r < pattern.rows; r++) {
    for (let e = pattern.rowOffsets[r]!; e < pattern.rowOffsets[r + 1]!; e++)
      maxima[r] = Math.max(maxima[r]!, values[e]!);
  }
  return tensor1d(maxima);
}
