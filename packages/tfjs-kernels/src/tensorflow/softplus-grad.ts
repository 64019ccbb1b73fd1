import { mul, sigmoid } from '@tensorflow/tfjs-core';
import { STABLE_SOFTPLUS_GRAD } from '../kernel/names.js';
import type { UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const softplusGradKernel = defineKernel<UnaryGradInputs>(STABLE_SOFTPLUS_GRAD, ({ x, dy }) =>
  mul(sigmoid(x), dy),
);
