import { leakyRelu } from '@tensorflow/tfjs-core';
import { LEAKY_RECTIFY } from '../kernel/names.js';
import type { SlopeAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const leakyReluKernel = defineKernel<UnaryInputs, SlopeAttributes>(LEAKY_RECTIFY, ({ x }, { slope }) =>
  leakyRelu(x, slope),
);
