import { BalancedRecError } from '@balanced-rec/errors';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { TripleIds } from '../kernel/signatures.js';

/**
 * The margins that BPR compares, out[k] = <users[u_k], items[p_k] - items[n_k]>, in one pass without copying rows out of the tables.
 * Gradients flow only to the rows in the triples, summed in order of k.
 *
 * users [a, d], items [b, d]; returns [triples].
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`; `kernels/invalid-argument` if the lists differ in
 * length.
 */
export function tripleMargins(users: Tensor2D, items: Tensor2D, triples: TripleIds): Tensor1D {
  checkShape('tripleMargins: users', users, [null, null]);
  checkShape('tripleMargins: items', items, [null, users.shape[1]]);
  const lengths = [triples.users, triples.positives, triples.negatives].map((ids) => ids.length);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new BalancedRecError({
      code: 'kernels/invalid-argument',
      place: 'tripleMargins: triples',
      message: 'each triple must have a user, a positive item and a negative item',
      expected: 'three lists of equal length',
      found: lengths.join(', '),
    });
  }
  checkIds('tripleMargins: triples.users', triples.users, users.shape[0]);
  checkIds('tripleMargins: triples.positives', triples.positives, items.shape[0]);
  checkIds('tripleMargins: triples.negatives', triples.negatives, items.shape[0]);
  return runKernel('TripleMargins', { users, items }, { triples });
}

/**
 * The sum of squares over the rows `ids` of a table, counting repeated rows each time, as needed by a batch's L2 regulariser.
 *
 * table [n, d]; returns a scalar. The gradient flows to these rows.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`.
 */
export function squaresOfRows(table: Tensor2D, ids: Int32Array): Scalar {
  checkShape('squaresOfRows: table', table, [null, null]);
  checkIds('squaresOfRows: ids', ids, table.shape[0]);
  return runKernel('SquaresOfRows', { table }, { ids });
}
