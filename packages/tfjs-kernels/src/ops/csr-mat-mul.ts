import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { CSR_MAT_MUL } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { CsrMatMulAttributes } from '../kernel/signatures.js';

/**
 * A sparse matrix times a dense one: out[r] = sum over the entries e of row r of values[e] dense[column of e].
 *
 * pattern [rows, columns], values [entries], dense [columns, d]; gives [rows, d]. Gradients flow to `values` (as
 * {@link sampledMatMul} of the output's gradient and `dense`) and to `dense` (as the product with the transposed matrix); only what
 * is differentiated is computed.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function csrMatMul(pattern: CsrPattern, values: Tensor1D, dense: Tensor2D): Tensor2D {
  return csrMatMulOf(values, dense, { pattern });
}

export function csrMatMulOf(values: Tensor1D, dense: Tensor2D, attributes: CsrMatMulAttributes): Tensor2D {
  checkShape('csrMatMul: values', values, [attributes.pattern.entries]);
  checkShape('csrMatMul: dense', dense, [attributes.pattern.columns, null]);
  return runKernel(CSR_MAT_MUL, { values, dense }, attributes);
}
