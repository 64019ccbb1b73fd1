import { clone, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { BIAS_RECTIFY, LEAKY_RECTIFY_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { SlopeAttributes } from '../kernel/signatures.js';
import { columnSum } from '../ops/column-sum.js';
import { defineGradient } from './define-gradient.js';

/** With a slope of at least 0 the output is positive where its input was, so the output alone is kept. */
export const biasRectifyGradient = defineGradient<SlopeAttributes>(
  BIAS_RECTIFY,
  { output: true },
  (dy, saved, { slope }) => {
    let before: Tensor2D | undefined;
    const beforeRectifying = (): Tensor2D => {
      before ??= runKernel<Tensor2D>(LEAKY_RECTIFY_GRAD, { x: saved[0]!, dy }, { slope });
      return before;
    };
    // TF.js may free what it is given here, so each input gets a tensor of its own, on the same memory.
    const share = (): Tensor => clone(beforeRectifying());
    return { x: share, bias: () => columnSum(beforeRectifying()), first: share, second: share };
  },
);
