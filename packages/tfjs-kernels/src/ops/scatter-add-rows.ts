import { type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { SCATTER_ADD_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Adds rows up by id, the gradient of gatherRows: out [rows, d] starts at 0, then out[ids[i]] += updates[i] in order of i.
 *
 * updates [count, d], ids [count] (an Int32Array is checked and copied).
 *
 * @throws BalancedRecError `kernels/id-out-of-range`; `kernels/shape-mismatch`.
 */
export function scatterAddRows(updates: Tensor2D, ids: Int32Array | Tensor1D, rows: number): Tensor2D {
  if (!(ids instanceof Int32Array)) return runKernel(SCATTER_ADD_ROWS, { updates, ids }, { rows });
  checkShape('scatterAddRows: updates', updates, [ids.length, null]);
  checkIds('scatterAddRows: ids', ids, rows);
  const uploaded = tensor1d(ids.slice(), 'int32');
  const sums = runKernel<Tensor2D>(SCATTER_ADD_ROWS, { updates, ids: uploaded }, { rows });
  uploaded.dispose();
  return sums;
}
