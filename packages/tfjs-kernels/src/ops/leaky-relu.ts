import type { Tensor } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { LEAKY_RECTIFY } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * x where x > 0, slope x elsewhere. Any shape. At 0 the gradient is `slope`, as in PyTorch.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` where x is not float32.
 */
export function leakyRelu<T extends Tensor>(x: T, slope: number): T {
  checkShape('leakyRelu: x', x, x.shape);
  return runKernel(LEAKY_RECTIFY, { x }, { slope });
}
