import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkSameShape, checkShape } from '../kernel/check.js';
import { ROW_DOT } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The dot product of each row of a with that of b: [n, d] and [n, d] to [n]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function rowDot(a: Tensor2D, b: Tensor2D): Tensor1D {
  checkShape('rowDot: a', a, [null, null]);
  checkSameShape('rowDot: b', a, b);
  return runKernel(ROW_DOT, { a, b });
}
