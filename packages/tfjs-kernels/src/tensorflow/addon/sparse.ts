import type { KernelConfig } from '@tensorflow/tfjs-core';
import {
  CSR_MAT_MUL,
  SAMPLED_MAT_MUL,
  SEGMENT_SOFTMAX,
  SEGMENT_SOFTMAX_GRAD,
  SEGMENT_SUM,
} from '../../kernel/names.js';
import type {
  CsrMatMulAttributes,
  CsrMatMulInputs,
  PairInputs,
  PatternAttributes,
  SoftmaxGradInputs,
  UnaryInputs,
} from '../../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const sparseKernels: readonly KernelConfig[] = [
  defineKernel<CsrMatMulInputs, CsrMatMulAttributes>(CSR_MAT_MUL, ({ run }, { values, dense }, { pattern }) =>
    run('CsrMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), values, dense),
  ),
  defineKernel<PairInputs, PatternAttributes>(SAMPLED_MAT_MUL, ({ run }, { a, b }, { pattern }) =>
    run('SampledMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), a, b),
  ),
  defineKernel<UnaryInputs, PatternAttributes>(SEGMENT_SOFTMAX, ({ run }, { x }, { pattern }) =>
    run('SegmentSoftmax', pattern.rowOffsetsTensor(), x),
  ),
  defineKernel<SoftmaxGradInputs, PatternAttributes>(SEGMENT_SOFTMAX_GRAD, ({ run }, { y, dy }, { pattern }) =>
    run('SegmentSoftmaxGrad', pattern.rowOffsetsTensor(), y, dy),
  ),
  defineKernel<UnaryInputs, PatternAttributes>(SEGMENT_SUM, ({ run }, { x }, { pattern }) =>
    run('SegmentSum', pattern.rowOffsetsTensor(), x),
  ),
];
