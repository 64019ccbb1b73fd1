import { div, maximum, sqrt, square, sum } from '@tensorflow/tfjs-core';
import { NORMALIZE_ROWS } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const normalizeRowsKernel = defineKernel<UnaryInputs, EpsilonAttributes>(NORMALIZE_ROWS, ({ x }, { epsilon }) =>
  div(x, maximum(sqrt(sum(square(x), 1, true)), epsilon)),
);
