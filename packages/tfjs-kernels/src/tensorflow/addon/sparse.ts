import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';

export const sparseKernels: readonly KernelConfig[] = [
  defineKernel('CsrMatMul', ({ run }, { values, dense }, { pattern }) =>
    run('CsrMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), values, dense),
  ),
  defineKernel('SampledMatMul', ({ run }, { a, b }, { pattern }) =>
    run('SampledMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), a, b),
  ),
  defineKernel('SegmentSoftmax', ({ run }, { x }, { pattern }) => run('SegmentSoftmax', pattern.rowOffsetsTensor(), x)),
  defineKernel('SegmentSoftmaxGrad', ({ run }, { y, dy }, { pattern }) =>
    run('SegmentSoftmaxGrad', pattern.rowOffsetsTensor(), y, dy),
  ),
  defineKernel('SegmentSum', ({ run }, { x }, { pattern }) => run('SegmentSum', pattern.rowOffsetsTensor(), x)),
];
