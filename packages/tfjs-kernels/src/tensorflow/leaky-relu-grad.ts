import { greater, mul, where } from '@tensorflow/tfjs-core';
import { LEAKY_RECTIFY_GRAD } from '../kernel/names.js';
import type { SlopeAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluGradKernel = defineKernel<UnaryGradInputs, SlopeAttributes>(
  LEAKY_RECTIFY_GRAD,
  ({ x, dy }, { slope }) => where(greater(x, 0), dy, mul(dy, slope)),
);
