import { gather, mul, sum } from '@tensorflow/tfjs-core';
import { SAMPLED_MAT_MUL } from '../kernel/names.js';
import type { PairInputs, PatternAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const sampledMatMulKernel = defineKernel<PairInputs, PatternAttributes>(
  SAMPLED_MAT_MUL,
  ({ a, b }, { pattern }) =>
    sum(mul(gather(a, pattern.rowIndicesTensor()), gather(b, pattern.columnIndicesTensor())), 1),
);
