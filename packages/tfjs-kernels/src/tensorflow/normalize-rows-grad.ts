import { div, greater, maximum, mul, sqrt, square, sub, sum, where, zerosLike } from '@tensorflow/tfjs-core';
import { NORMALIZE_ROWS_GRAD } from '../kernel/names.js';
import type { EpsilonAttributes, UnaryGradInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const normalizeRowsGradKernel = defineKernel<UnaryGradInputs, EpsilonAttributes>(
  NORMALIZE_ROWS_GRAD,
  ({ x, dy }, { epsilon }) => {
    const norm = sqrt(sum(square(x), 1, true));
    const length = maximum(norm, epsilon);
    const unit = div(x, length);
    const along = sum(mul(unit, dy), 1, true);
    return div(sub(dy, mul(unit, where(greater(norm, epsilon), along, zerosLike(along)))), length);
  },
);
