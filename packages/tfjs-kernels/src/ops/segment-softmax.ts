import type { Tensor1D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { SEGMENT_SOFTMAX } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Softmax over the entries of each row: exp(v[e] - max) / sum over the row of exp(v - max), so large values do not overflow.
 *
 * values [entries]; gives [entries]. Rows without entries have none in the result either. The gradient, y (dy - sum of y dy over the
 * row), flows to `values`; it has no gradient of its own.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function segmentSoftmax(pattern: CsrPattern, values: Tensor1D): Tensor1D {
  checkShape('segmentSoftmax: values', values, [pattern.entries]);
  return runKernel(SEGMENT_SOFTMAX, { x: values }, { pattern });
}
