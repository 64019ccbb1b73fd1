import { SEGMENT_SOFTMAX, SEGMENT_SOFTMAX_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { PatternAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const segmentSoftmaxGradient = defineGradient<PatternAttributes>(
  SEGMENT_SOFTMAX,
  { output: true },
  (dy, saved, { pattern }) => ({ x: () => runKernel(SEGMENT_SOFTMAX_GRAD, { y: saved[0]!, dy }, { pattern }) }),
);
