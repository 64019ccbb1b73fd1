import { type GradConfig, reshape, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from '../kernel/run-kernel.js';
import { gatherRows } from '../ops/rows.js';
import { csrMatMul, sampledMatMul } from '../ops/sparse.js';
import { defineGradient } from './define-gradient.js';

export const sparseGradients: readonly GradConfig[] = [
  defineGradient('CsrMatMul', { inputs: ['values', 'dense'] }, (dy, saved, { pattern, transposedValues }) => {
    const [values, dense] = saved as [Tensor1D, Tensor2D];
    return {
      values: () => sampledMatMul(pattern, dy as Tensor2D, dense),
      dense: () => {
        const reordered = transposedValues?.() ?? permuteEntries(values, pattern.transposedOrderTensor());
        return csrMatMul(pattern.transposed().pattern, reordered, dy as Tensor2D);
      },
    };
  }),
  defineGradient('SampledMatMul', { inputs: ['a', 'b'] }, (dy, saved, { pattern }) => {
    const [a, b] = saved as [Tensor2D, Tensor2D];
    return {
      a: () => csrMatMul(pattern, dy as Tensor1D, b),
      b: () =>
        csrMatMul(pattern.transposed().pattern, permuteEntries(dy as Tensor1D, pattern.transposedOrderTensor()), a),
    };
  }),
  defineGradient('SegmentSoftmax', { output: true }, (dy, saved, { pattern }) => ({
    x: () => runKernel('SegmentSoftmaxGrad', { y: saved[0]!, dy }, { pattern }),
  })),
  defineGradient('SegmentSum', {}, (dy, _, { pattern }) => ({
    x: () => {
      const [rows, width] = dy.shape as [number, number?];
      const spread = gatherRows(reshape(dy, [rows, width ?? 1]) as Tensor2D, pattern.rowIndicesTensor());
      return width === undefined ? reshape(spread, [pattern.entries]) : spread;
    },
  })),
];

/** values[order[i]] for each i. */
function permuteEntries(values: Tensor1D, order: Tensor1D): Tensor1D {
  return reshape(gatherRows(reshape(values, [values.size, 1]), order), [order.size]);
}
