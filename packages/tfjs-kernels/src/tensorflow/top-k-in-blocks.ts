import { matMul, slice, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { notANumber } from '../kernel/check.js';

/** Scores at a time: 16 MiB. */
const SCORES_PER_BLOCK = 2 ** 22;

/** Of a block of users: the ids of their best items and the scores of these, `[users, k]` each. */
interface Best {
  readonly ids: Tensor;
  readonly scores: Tensor;
  /** The first user of the block that has a score which is NaN, or -1. */
  readonly notANumber: number;
}

/**
 * The best k items of each user, from blocks of the matrix of scores.
 * @param select is given the scores `[users, items]` of the users from `first` on
 * @throws BalancedRecError `kernels/not-a-number`
 */
export function topKInBlocks(
  users: Tensor2D,
  items: Tensor2D,
  k: number,
  select: (scores: Tensor2D, first: number) => Best,
): { ids: Int32Array; scores: Float32Array } {
  const [n, d] = users.shape;
  const [ids, scores] = [new Int32Array(n * k), new Float32Array(n * k)];
  const rowsPerBlock = Math.max(1, Math.floor(SCORES_PER_BLOCK / Math.max(1, items.shape[0])));
  for (let first = 0; first < n; first += rowsPerBlock) {
    const rows = Math.min(rowsPerBlock, n - first);
    tidy(() => {
      const best = select(matMul<Tensor2D>(slice(users, [first, 0], [rows, d]), items, false, true), first);
      if (best.notANumber >= 0) throw notANumber(first + best.notANumber);
      ids.set(best.ids.dataSync(), first * k);
      scores.set(best.scores.dataSync(), first * k);
    });
  }
  return { ids, scores };
}

/** As kernels answer. */
export function asTensors({ ids, scores }: { ids: Int32Array; scores: Float32Array }, n: number, k: number): Tensor[] {
  return [tensor2d(ids, [n, k], 'int32'), tensor2d(scores, [n, k])];
}
