import { expandDims, mul } from '@tensorflow/tfjs-core';
import { SCALE_ROWS } from '../kernel/names.js';
import type { ScaleRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const scaleRowsKernel = defineKernel<ScaleRowsInputs>(SCALE_ROWS, ({ x, weights }) =>
  mul(x, expandDims(weights, 1)),
);
