import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { CSR_MAT_MUL } from '../kernel/names.js';
import type { CsrMatMulAttributes } from '../kernel/signatures.js';
import { csrMatMul } from '../ops/csr-mat-mul.js';
import { sampledMatMul } from '../ops/sampled-mat-mul.js';
import { defineGradient } from './define-gradient.js';
import { permuteEntries } from './permute-entries.js';

export const csrMatMulGradient = defineGradient<CsrMatMulAttributes>(
  CSR_MAT_MUL,
  { inputs: ['values', 'dense'] },
  (dy, saved, { pattern, transposedValues }) => {
    const [values, dense] = saved as [Tensor1D, Tensor2D];
    return {
      values: () => sampledMatMul(pattern, dy as Tensor2D, dense),
      dense: () => {
        const reordered = transposedValues?.() ?? permuteEntries(values, pattern.transposedOrderTensor());
        return csrMatMul(pattern.transposed().pattern, reordered, dy as Tensor2D);
      },
    };
  },
);
