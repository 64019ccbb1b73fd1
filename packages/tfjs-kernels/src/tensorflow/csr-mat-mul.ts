import { expandDims, gather, mul, unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { CSR_MAT_MUL } from '../kernel/names.js';
import type { CsrMatMulAttributes, CsrMatMulInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const csrMatMulKernel = defineKernel<CsrMatMulInputs, CsrMatMulAttributes>(
  CSR_MAT_MUL,
  ({ values, dense }, { pattern }) => {
    const terms = mul(gather(dense, pattern.columnIndicesTensor()), expandDims(values, 1));
    return unsortedSegmentSum(terms, pattern.rowIndicesTensor(), pattern.rows);
  },
);
