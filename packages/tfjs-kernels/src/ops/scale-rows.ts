import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { SCALE_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Each row times its weight: x [n, d], weights [n]; gives [n, d]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function scaleRows(x: Tensor2D, weights: Tensor1D): Tensor2D {
  checkShape('scaleRows: x', x, [null, null]);
  checkShape('scaleRows: weights', weights, [x.shape[0]]);
  return runKernel(SCALE_ROWS, { x, weights });
}
