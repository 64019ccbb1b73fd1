import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { COLUMN_SUM } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/** The gradient of a bias: [n, d] to [d]. */
export function columnSum(x: Tensor2D): Tensor1D {
  return runKernel(COLUMN_SUM, { x });
}
