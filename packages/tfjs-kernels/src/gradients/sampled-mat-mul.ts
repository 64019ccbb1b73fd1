import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { SAMPLED_MAT_MUL } from '../kernel/names.js';
import type { PatternAttributes } from '../kernel/signatures.js';
import { csrMatMul } from '../ops/csr-mat-mul.js';
import { defineGradient } from './define-gradient.js';
import { permuteEntries } from './permute-entries.js';

export const sampledMatMulGradient = defineGradient<PatternAttributes>(
  SAMPLED_MAT_MUL,
  { inputs: ['a', 'b'] },
  (dy, saved, { pattern }) => {
    const [a, b] = saved as [Tensor2D, Tensor2D];
    return {
      a: () => csrMatMul(pattern, dy as Tensor1D, b),
      b: () =>
        csrMatMul(pattern.transposed().pattern, permuteEntries(dy as Tensor1D, pattern.transposedOrderTensor()), a),
    };
  },
);
