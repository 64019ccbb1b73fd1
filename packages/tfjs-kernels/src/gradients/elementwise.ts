import { clone, type GradConfig, mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from '../kernel/run-kernel.js';
import { columnSum } from '../ops/elementwise.js';
import { defineGradient } from './define-gradient.js';

export const elementwiseGradients: readonly GradConfig[] = [
  defineGradient('LeakyRectify', { inputs: ['x'] }, (dy, saved, { slope }) => ({
    x: () => runKernel('LeakyRectifyGrad', { x: saved[0]!, dy }, { slope }),
  })),
  defineGradient('StableSoftplus', { inputs: ['x'] }, (dy, saved) => ({
    x: () => runKernel('StableSoftplusGrad', { x: saved[0]!, dy }),
  })),
  // With a slope of at least 0 the output is positive where its input was, so the output alone is kept.
  defineGradient('BiasRectify', { output: true }, (dy, saved, { slope }) => {
    let before: Tensor2D | undefined;
    const beforeRectifying = (): Tensor2D => {
      before ??= runKernel<Tensor2D>('LeakyRectifyGrad', { x: saved[0]!, dy }, { slope });
      return before;
    };
    // TF.js may free what it is given here, so each input gets a tensor of its own, on the same memory.
    const share = (): Tensor => clone(beforeRectifying());
    return { x: share, bias: () => columnSum(beforeRectifying()), first: share, second: share };
  }),
  defineGradient('SumOfSquares', { inputs: ['x'] }, (dy, saved) => ({
    x: () => mul(saved[0]!, mul(dy, 2)),
  })),
];
