import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkShape } from '../kernel/check.js';
import type { CsrPattern } from '../kernel/csr-pattern.js';
import { SEGMENT_SUM } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The sum over the entries of each row, 0 for a row without entries.
 *
 * values [entries] or [entries, d]; gives [rows] or [rows, d]. The gradient gives each entry that of its row.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function segmentSum<T extends Tensor1D | Tensor2D>(pattern: CsrPattern, values: T): T {
  checkShape('segmentSum: values', values, values.rank === 1 ? [pattern.entries] : [pattern.entries, null]);
  return runKernel(SEGMENT_SUM, { x: values }, { pattern });
}
