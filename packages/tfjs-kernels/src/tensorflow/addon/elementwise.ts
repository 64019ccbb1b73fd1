import type { KernelConfig } from '@tensorflow/tfjs-core';
import { defineKernel } from './define-kernel.js';

export const elementwiseKernels: readonly KernelConfig[] = [
  defineKernel('BiasRectify', ({ run, floats }, { x, bias, first, second }, { slope }) => {
    const none = floats([]);
    return run('BiasRectify', x, bias, first ?? none, second ?? none, floats([slope]));
  }),
  defineKernel('ColumnSum', ({ run }, { x }) => run('ColumnSum', x)),
  defineKernel('LeakyRectify', ({ run, floats }, { x }, { slope }) => run('LeakyRectify', x, floats([slope]))),
  defineKernel('LeakyRectifyGrad', ({ run, floats }, { x, dy }, { slope }) =>
    run('LeakyRectifyGrad', x, dy, floats([slope])),
  ),
  defineKernel('StableSoftplus', ({ run }, { x }) => run('StableSoftplus', x)),
  defineKernel('StableSoftplusGrad', ({ run }, { x, dy }) => run('StableSoftplusGrad', x, dy)),
  defineKernel('SumOfSquares', ({ run }, { x }) => run('SumOfSquares', x)),
];
