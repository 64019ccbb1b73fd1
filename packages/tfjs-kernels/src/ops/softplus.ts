import type { Tensor } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { STABLE_SOFTPLUS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * log(1 + exp(x)), computed as max(x, 0) + log1p(exp(-|x|)), which neither overflows nor loses small values. Any shape. Its gradient
 * is the sigmoid; -softplus(-x) is log sigmoid(x), and softplus(-x) the loss of Bayesian personalized ranking.
 *
 * @throws BalancedRecError `kernels/shape-mismatch` where x is not float32.
 */
export function softplus<T extends Tensor>(x: T): T {
  checkShape('softplus: x', x, x.shape);
  return runKernel(STABLE_SOFTPLUS, { x });
}
