import { type GradConfig, matMul, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from '../kernel/run-kernel.js';
import { columnSum } from '../ops/elementwise.js';
import { gatherRows, rowDot, scaleRows, scatterAddRows } from '../ops/rows.js';
import { defineGradient } from './define-gradient.js';

export const rowGradients: readonly GradConfig[] = [
  defineGradient('GatherRows', { inputs: ['table', 'ids'] }, (dy, saved) => {
    const [table, ids] = saved as [Tensor2D, Tensor1D];
    return { table: () => scatterAddRows(dy as Tensor2D, ids, table.shape[0]) };
  }),
  defineGradient('ScatterAddRows', { inputs: ['ids'] }, (dy, saved) => ({
    updates: () => gatherRows(dy as Tensor2D, saved[0] as Tensor1D),
  })),
  defineGradient('Linear', { inputs: ['x', 'kernel'] }, (dy, saved) => {
    const [x, kernel] = saved as [Tensor2D, Tensor2D];
    return {
      x: () => matMul(dy, kernel, false, true),
      kernel: () => matMul(x, dy, true, false),
      bias: () => columnSum(dy as Tensor2D),
    };
  }),
  defineGradient('NormalizeRows', { inputs: ['x'] }, (dy, saved, { epsilon }) => ({
    x: () => runKernel('NormalizeRowsGrad', { x: saved[0]!, dy }, { epsilon }),
  })),
  defineGradient('RowDot', { inputs: ['a', 'b'] }, (dy, saved) => {
    const [a, b] = saved as [Tensor2D, Tensor2D];
    return { a: () => scaleRows(b, dy as Tensor1D), b: () => scaleRows(a, dy as Tensor1D) };
  }),
  defineGradient('ScaleRows', { inputs: ['x', 'weights'] }, (dy, saved) => {
    const [x, weights] = saved as [Tensor2D, Tensor1D];
    return { x: () => scaleRows(dy as Tensor2D, weights), weights: () => rowDot(dy as Tensor2D, x) };
  }),
];
