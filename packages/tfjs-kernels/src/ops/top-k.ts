import { BalancedRecError } from '@balanced-rec/errors';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { checkIds, checkShape, offsetsFault } from '../kernel/check.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { Excluded } from '../kernel/signatures.js';

/** Users and items whose dot product is the score. */
export interface TopKOfProductOptions {
  /** `[n, d]` */
  readonly users: Tensor2D;
  /** `[m, d]` */
  readonly items: Tensor2D;
  readonly k: number;
  /** Items to leave out for each user, for example known interactions in an evaluation. */
  readonly excluded?: Excluded | undefined;
}

/** The best items of n users, with their scores. */
export interface TopK {
  /** `[n * k]`: the items of user u start at u * k; padded with -1 if fewer than k remain. */
  readonly ids: Int32Array;
  /** `[n * k]`: the scores of these items; padded with -Infinity. */
  readonly scores: Float32Array;
}

/**
 * The k items with the highest <user, item> for each user, best first; ties go to the lower item. Works in blocks of users, so the full
 * score matrix never exists. Not differentiable.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/invalid-argument` if k is not an integer from 0 to the number of
 * items, or the offsets of `excluded` are invalid; `kernels/id-out-of-range`; `kernels/not-a-number` if a score is NaN.
 */
export function topKOfProduct({ users, items, k, excluded }: TopKOfProductOptions): TopK {
  checkShape('topKOfProduct: users', users, [null, null]);
  checkShape('topKOfProduct: items', items, [null, users.shape[1]]);
  if (!Number.isInteger(k) || k < 0 || k > items.shape[0]) {
    throw invalid('k', `an integer from 0 to the number of items, ${items.shape[0]}`, String(k));
  }
  if (excluded !== undefined) {
    const fault = offsetsFault(excluded.offsets, users.shape[0], excluded.items.length);
    if (fault !== undefined)
      throw invalid('excluded.offsets', `${users.shape[0] + 1} offsets that start at 0 and never decrease`, fault);
    checkIds('topKOfProduct: excluded.items', excluded.items, items.shape[0]);
  }
  const [ids, scores] = runKernel<[Tensor, Tensor]>('TopKOfProduct', { users, items }, { k, excluded });
  const result = { ids: ids.dataSync<'int32'>().slice(), scores: scores.dataSync<'float32'>().slice() };
  ids.dispose();
  scores.dispose();
  return result;
}

function invalid(field: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'kernels/invalid-argument',
    place: `topKOfProduct: ${field}`,
    message: 'invalid argument',
    expected,
    found,
  });
}
