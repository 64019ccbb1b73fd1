import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import { LINEAR } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * x kernel + bias, in one pass.
 *
 * x [n, in], kernel [in, out], bias [out]; gives [n, out]. Gradients flow to all three: dy kernel^T, x^T dy and the column sums of dy.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function linear(x: Tensor2D, kernel: Tensor2D, bias?: Tensor1D): Tensor2D {
  checkShape('linear: x', x, [null, null]);
  checkShape('linear: kernel', kernel, [x.shape[1], null]);
  if (bias === undefined) return runKernel(LINEAR, { x, kernel });
  checkShape('linear: bias', bias, [kernel.shape[1]]);
  return runKernel(LINEAR, { x, kernel, bias });
}
