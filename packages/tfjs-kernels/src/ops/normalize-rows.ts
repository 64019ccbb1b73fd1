import type { Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { NORMALIZE_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Each row over its length: x / max(|x|, epsilon), as PyTorch's F.normalize. x [n, d]; gives [n, d]. The gradient has none of its own.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function normalizeRows(x: Tensor2D, epsilon = 1e-12): Tensor2D {
  checkShape('normalizeRows: x', x, [null, null]);
  return runKernel(NORMALIZE_ROWS, { x }, { epsilon });
}
