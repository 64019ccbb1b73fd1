import { matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { LINEAR } from '../kernel/names.js';
import { columnSum } from '../ops/column-sum.js';
import { defineGradient } from './define-gradient.js';

export const linearGradient = defineGradient(LINEAR, { inputs: ['x', 'kernel'] }, (dy, saved) => {
  const [x, kernel] = saved as [Tensor2D, Tensor2D];
  return {
    x: () => matMul(dy, kernel, false, true),
    kernel: () => matMul(x, dy, true, false),
    bias: () => columnSum(dy as Tensor2D),
  };
});
