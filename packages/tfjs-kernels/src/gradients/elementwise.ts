import { clone, type GradConfig, mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import {
  BIAS_RECTIFY,
  LEAKY_RECTIFY,
  LEAKY_RECTIFY_GRAD,
  STABLE_SOFTPLUS,
  STABLE_SOFTPLUS_GRAD,
  SUM_OF_SQUARES,
} from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { SlopeAttributes } from '../kernel/signatures.js';
import { columnSum } from '../ops/elementwise.js';
import { defineGradient } from './define-gradient.js';

export const elementwiseGradients: readonly GradConfig[] = [
  defineGradient<SlopeAttributes>(LEAKY_RECTIFY, { inputs: ['x'] }, (dy, saved, { slope }) => ({
    x: () => runKernel(LEAKY_RECTIFY_GRAD, { x: saved[0]!, dy }, { slope }),
  })),
  defineGradient(STABLE_SOFTPLUS, { inputs: ['x'] }, (dy, saved) => ({
    x: () => runKernel(STABLE_SOFTPLUS_GRAD, { x: saved[0]!, dy }),
  })),
  // With a slope of at least 0 the output is positive where its input was, so the output alone is kept.
  defineGradient<SlopeAttributes>(BIAS_RECTIFY, { output: true }, (dy, saved, { slope }) => {
    let before: Tensor2D | undefined;
    const beforeRectifying = (): Tensor2D => {
      before ??= runKernel<Tensor2D>(LEAKY_RECTIFY_GRAD, { x: saved[0]!, dy }, { slope });
      return before;
    };
    // TF.js may free what it is given here, so each input gets a tensor of its own, on the same memory.
    const share = (): Tensor => clone(beforeRectifying());
    return { x: share, bias: () => columnSum(beforeRectifying()), first: share, second: share };
  }),
  defineGradient(SUM_OF_SQUARES, { inputs: ['x'] }, (dy, saved) => ({
    x: () => mul(saved[0]!, mul(dy, 2)),
  })),
];
