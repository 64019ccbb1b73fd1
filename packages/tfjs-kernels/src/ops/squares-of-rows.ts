import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { SQUARES_OF_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * The sum of squares over the rows of a table that `ids` name, each as often as named: what L2 regularisers of a batch need.
 *
 * table [n, d]; gives a scalar. The gradient goes to the rows named.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`.
 */
export function squaresOfRows(table: Tensor2D, ids: Int32Array): Scalar {
  checkShape('squaresOfRows: table', table, [null, null]);
  checkIds('squaresOfRows: ids', ids, table.shape[0]);
  return runKernel(SQUARES_OF_ROWS, { table }, { ids });
}
