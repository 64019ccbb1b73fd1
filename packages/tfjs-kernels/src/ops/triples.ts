import { BalancedRecError } from '@balanced-rec/errors';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkIds, checkShape } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { TripleIds } from '../kernel/signatures.js';

/**
 * What BPR compares, out[k] = <users[u_k], items[p_k] - items[n_k]>, in one pass: no row is copied out of the tables. Gradients go to
 * the rows that the triples name, added up in order of k; nothing else of them is non-zero.
 *
 * users [a, d], items [b, d]; gives [triples].
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`; `kernels/invalid-argument` where the lists differ in
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
      message: 'each triple has a user, a positive and a negative item',
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
 * The sum of squares over the rows of a table that `ids` name, each as often as named: what L2 regularisers of a batch need.
 *
 * table [n, d]; gives a scalar. The gradient goes to the rows named.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`.
 */
export function squaresOfRows(table: Tensor2D, ids: Int32Array): Scalar {
  checkShape('squaresOfRows: table', table, [null, null]);
  checkIds('squaresOfRows: ids', ids, table.shape[0]);
  return runKernel('SquaresOfRows', { table }, { ids });
}
