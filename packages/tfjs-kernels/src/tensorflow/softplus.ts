import { abs, add, exp, log1p, neg, relu } from '@tensorflow/tfjs-core';
import { STABLE_SOFTPLUS } from '../kernel/names.js';
import type { UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const softplusKernel = defineKernel<UnaryInputs>(STABLE_SOFTPLUS, ({ x }) =>
  add(relu(x), log1p(exp(neg(abs(x))))),
);
