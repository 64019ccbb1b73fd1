import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { SAMPLED_MAT_MUL } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The entries of a b^T that the pattern names: out[e] = <a[row of e], b[column of e]>.
 *
 * pattern [rows, columns], a [rows, d], b [columns, d]; gives [entries]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function sampledMatMul(pattern: CsrPattern, a: Tensor2D, b: Tensor2D): Tensor1D {
  checkShape('sampledMatMul: a', a, [pattern.rows, null]);
  checkShape('sampledMatMul: b', b, [pattern.columns, a.shape[1]]);
  return runKernel(SAMPLED_MAT_MUL, { a, b }, { pattern });
}
