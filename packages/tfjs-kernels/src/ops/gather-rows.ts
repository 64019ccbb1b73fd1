import { BalancedRecError } from '@balanced-rec/errors';
import { type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { GATHER_ROWS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Rows of a table: out[i] = table[ids[i]].
 *
 * table [n, d], ids [count] (an Int32Array is copied); gives [count, d]. The gradient adds each row's to the row that it came from,
 * in order, so that equal inputs give equal bits.
 *
 * @throws BalancedRecError `kernels/id-out-of-range`; `kernels/shape-mismatch`. (An id tensor is checked on cpu and wasm only; on gpu
 * and native TensorFlow decides.)
 */
export function gatherRows(table: Tensor2D, ids: Int32Array | Tensor1D): Tensor2D {
  checkShape('gatherRows: table', table, [null, null]);
  if (ids instanceof Int32Array) {
    checkIds('gatherRows: ids', ids, table.shape[0]);
    const uploaded = tensor1d(ids.slice(), 'int32');
    const rows = runKernel<Tensor2D>(GATHER_ROWS, { table, ids: uploaded });
    uploaded.dispose();
    return rows;
  }
  if (ids.dtype !== 'int32' || ids.rank !== 1) {
    throw new BalancedRecError({
      code: 'kernels/shape-mismatch',
      place: 'gatherRows: ids',
      message: 'wrong kind of tensor',
      expected: 'int32 [any]',
      found: `${ids.dtype} [${ids.shape.join(', ')}]`,
    });
  }
  return runKernel(GATHER_ROWS, { table, ids });
}
