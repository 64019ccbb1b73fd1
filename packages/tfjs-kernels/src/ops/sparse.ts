import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { CsrMatMulAttributes } from '../kernel/signatures.js';

/**
 * A sparse matrix times a dense one: out[r] = sum over the entries e of row r of values[e] dense[column of e].
 *
 * pattern [rows, columns], values [entries], dense [columns, d]; returns [rows, d]. Gradients flow to `values` (the
 * {@link sampledMatMul} of the output's gradient and `dense`) and to `dense` (the product with the transposed matrix). Only the gradients
 * that are needed are computed.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function csrMatMul(pattern: CsrPattern, values: Tensor1D, dense: Tensor2D): Tensor2D {
  return csrMatMulOf(values, dense, { pattern });
}

/** {@link csrMatMul} for a matrix that may already have its values in the order of the transposed pattern. */
export function csrMatMulOf(values: Tensor1D, dense: Tensor2D, attributes: CsrMatMulAttributes): Tensor2D {
  checkShape('csrMatMul: values', values, [attributes.pattern.entries]);
  checkShape('csrMatMul: dense', dense, [attributes.pattern.columns, null]);
  return runKernel('CsrMatMul', { values, dense }, attributes);
}

/**
 * The entries of a b^T that are in the pattern: out[e] = <a[row of e], b[column of e]>.
 *
 * pattern [rows, columns], a [rows, d], b [columns, d]; returns [entries]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function sampledMatMul(pattern: CsrPattern, a: Tensor2D, b: Tensor2D): Tensor1D {
  checkShape('sampledMatMul: a', a, [pattern.rows, null]);
  checkShape('sampledMatMul: b', b, [pattern.columns, a.shape[1]]);
  return runKernel('SampledMatMul', { a, b }, { pattern });
}

/**
 * Softmax over the entries of each row: exp(v[e] - max) / sum over the row of exp(v - max), so large values do not overflow.
 *
 * values [entries]; returns [entries]. Empty rows stay empty. The gradient, y (dy - sum of y dy over the row), flows to `values`; it is
 * not differentiable itself.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function segmentSoftmax(pattern: CsrPattern, values: Tensor1D): Tensor1D {
  checkShape('segmentSoftmax: values', values, [pattern.entries]);
  return runKernel('SegmentSoftmax', { x: values }, { pattern });
}

/**
 * The sum over the entries of each row; 0 for an empty row.
 *
 * values [entries] or [entries, d]; returns [rows] or [rows, d]. In the gradient, each entry receives the gradient of its row.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function segmentSum<T extends Tensor1D | Tensor2D>(pattern: CsrPattern, values: T): T {
  checkShape('segmentSum: values', values, values.rank === 1 ? [pattern.entries] : [pattern.entries, null]);
  return runKernel('SegmentSum', { x: values }, { pattern });
}
