import { LEAKY_RECTIFY, LEAKY_RECTIFY_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { SlopeAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const leakyReluGradient = defineGradient<SlopeAttributes>(
  LEAKY_RECTIFY,
  { inputs: ['x'] },
  (dy, saved, { slope }) => ({
    x: () => runKernel(LEAKY_RECTIFY_GRAD, { x: saved[0]!, dy }, { slope }),
  }),
);
