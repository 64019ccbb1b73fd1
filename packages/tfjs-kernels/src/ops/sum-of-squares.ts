import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { SUM_OF_SQUARES } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The sum of the squares of all elements, a scalar: what L2 regularisers add up. Any shape. Its gradient is 2 x.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` where x is not float32.
 */
export function sumOfSquares(x: Tensor): Scalar {
  checkShape('sumOfSquares: x', x, x.shape);
  return runKernel(SUM_OF_SQUARES, { x });
}
