import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { ROW_DOT, SCALE_ROWS } from '../kernel/names.js';
import { rowDot } from '../ops/row-dot.js';
import { scaleRows } from '../ops/scale-rows.js';
import { defineGradient } from './define-gradient.js';

export const rowDotGradient = defineGradient(ROW_DOT, { inputs: ['a', 'b'] }, (dy, saved) => {
  const [a, b] = saved as [Tensor2D, Tensor2D];
  return { a: () => scaleRows(b, dy as Tensor1D), b: () => scaleRows(a, dy as Tensor1D) };
});

export const scaleRowsGradient = defineGradient(SCALE_ROWS, { inputs: ['x', 'weights'] }, (dy, saved) => {
  const [x, weights] = saved as [Tensor2D, Tensor1D];
  return { x: () => scaleRows(dy as Tensor2D, weights), weights: () => rowDot(dy as Tensor2D, x) };
});
