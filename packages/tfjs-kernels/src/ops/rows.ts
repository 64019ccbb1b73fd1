import { BalancedRecError } from '@balanced-rec/errors';
import { type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { checkIds, checkSameShape, checkShape } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';

/**
 * Rows of a table: out[i] = table[ids[i]].
 *
 * table [n, d], ids [count] (an Int32Array is copied); returns [count, d]. The gradient adds each output row's gradient to the row that
 * it came from, in order, so the result is reproducible to the bit.
 *
 * @throws BalancedRecError `kernels/id-out-of-range`; `kernels/shape-mismatch`. (An id tensor is only checked on cpu and wasm; on gpu
 * and native, TensorFlow decides.)
 */
export function gatherRows(table: Tensor2D, ids: Int32Array | Tensor1D): Tensor2D {
  checkShape('gatherRows: table', table, [null, null]);
  if (ids instanceof Int32Array) {
    checkIds('gatherRows: ids', ids, table.shape[0]);
    const uploaded = tensor1d(ids.slice(), 'int32');
    const rows = runKernel<Tensor2D>('GatherRows', { table, ids: uploaded });
    uploaded.dispose();
    return rows;
  }
  if (ids.dtype !== 'int32' || ids.rank !== 1) {
    throw new BalancedRecError({
      code: 'kernels/shape-mismatch',
      place: 'gatherRows: ids',
      message: 'a tensor has the wrong type or shape',
      expected: 'int32 [any]',
      found: `${ids.dtype} [${ids.shape.join(', ')}]`,
    });
  }
  return runKernel('GatherRows', { table, ids });
}

/**
 * Sums rows by id, the gradient of gatherRows: out [rows, d] starts at 0, then out[ids[i]] += updates[i] in order of i.
 *
 * updates [count, d], ids [count] (an Int32Array is checked and copied).
 *
 * @throws BalancedRecError `kernels/id-out-of-range`; `kernels/shape-mismatch`.
 */
export function scatterAddRows(updates: Tensor2D, ids: Int32Array | Tensor1D, rows: number): Tensor2D {
  if (!(ids instanceof Int32Array)) return runKernel('ScatterAddRows', { updates, ids }, { rows });
  checkShape('scatterAddRows: updates', updates, [ids.length, null]);
  checkIds('scatterAddRows: ids', ids, rows);
  const uploaded = tensor1d(ids.slice(), 'int32');
  const sums = runKernel<Tensor2D>('ScatterAddRows', { updates, ids: uploaded }, { rows });
  uploaded.dispose();
  return sums;
}

/**
 * x kernel + bias, in one pass.
 *
 * x [n, in], kernel [in, out], bias [out]; returns [n, out]. Gradients flow to all three: dy kernel^T, x^T dy and the column sums of dy.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function linear(x: Tensor2D, kernel: Tensor2D, bias?: Tensor1D): Tensor2D {
  checkShape('linear: x', x, [null, null]);
  checkShape('linear: kernel', kernel, [x.shape[1], null]);
  if (bias === undefined) return runKernel('Linear', { x, kernel });
  checkShape('linear: bias', bias, [kernel.shape[1]]);
  return runKernel('Linear', { x, kernel, bias });
}

/**
 * Divides each row by its length: x / max(|x|, epsilon), like PyTorch's F.normalize. x [n, d]; returns [n, d]. The gradient is not
 * differentiable itself.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function normalizeRows(x: Tensor2D, epsilon = 1e-12): Tensor2D {
  checkShape('normalizeRows: x', x, [null, null]);
  return runKernel('NormalizeRows', { x }, { epsilon });
}

/**
 * The dot product of each row of a with the same row of b: [n, d] and [n, d] to [n]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function rowDot(a: Tensor2D, b: Tensor2D): Tensor1D {
  checkShape('rowDot: a', a, [null, null]);
  checkSameShape('rowDot: b', a, b);
  return runKernel('RowDot', { a, b });
}

/**
 * Multiplies each row by its weight: x [n, d], weights [n]; returns [n, d]. Gradients flow to both.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`.
 */
export function scaleRows(x: Tensor2D, weights: Tensor1D): Tensor2D {
  checkShape('scaleRows: x', x, [null, null]);
  checkShape('scaleRows: weights', weights, [x.shape[0]]);
  return runKernel('ScaleRows', { x, weights });
}
