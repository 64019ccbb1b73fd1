import {
  any,
  fill,
  isNaN as isNotANumber,
  type KernelConfig,
  matMul,
  maximum,
  slice,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tensorScatterUpdate,
  tidy,
  topk,
} from '@tensorflow/tfjs-core';
import { notANumber } from '../kernel/check.js';
import type { Excluded } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

/** The lowest finite float32. It replaces scores of -Infinity, which here mark excluded items. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

/** Scores per block: 16 MiB. */
const SCORES_PER_BLOCK = 2 ** 22;

/** The ids and scores of the best items for a block of users, `[users, k]` each. */
interface Best {
  readonly ids: Tensor;
  readonly scores: Tensor;
  /** The first user in the block with a NaN score, or -1. */
  readonly notANumber: number;
}

export const topKKernels: readonly KernelConfig[] = [
  defineKernel('TopKOfProduct', ({ users, items }, { k, excluded }) => {
    const best = topKInBlocks(users as Tensor2D, items as Tensor2D, k, (scores, first) => {
      const bad = any(isNotANumber(scores), 1).dataSync().indexOf(1);
      // topKInBlocks reports NaN, so its order does not matter here.
      const { values, indices } = topk(without(maximum(scores, LOWEST), first, excluded), k);
      return { ids: indices, scores: values, notANumber: bad };
    });
    for (let at = 0; at < best.scores.length; at++) {
      if (best.scores[at] === Number.NEGATIVE_INFINITY) best.ids[at] = -1;
      else if (best.scores[at] === LOWEST) best.scores[at] = Number.NEGATIVE_INFINITY;
    }
    return asTensors(best, users.shape[0]!, k);
  }),
];

/** The scores of users from `first` on, with excluded items below all others. */
function without(scores: Tensor2D, first: number, excluded: Excluded | undefined): Tensor {
  const [from, end] = [excluded?.offsets[first] ?? 0, excluded?.offsets[first + scores.shape[0]] ?? 0];
  if (excluded === undefined || from === end) return scores;
  const places = new Int32Array(2 * (end - from));
  for (let row = 0; row < scores.shape[0]; row++) {
    for (let e = excluded.offsets[first + row]!; e < excluded.offsets[first + row + 1]!; e++) {
      places[2 * (e - from)] = row;
      places[2 * (e - from) + 1] = excluded.items[e]!;
    }
  }
  const lowest = fill([end - from], Number.NEGATIVE_INFINITY);
  return tensorScatterUpdate(scores, tensor2d(places, [end - from, 2], 'int32'), lowest);
}

/**
 * The best k items of each user, from blocks of the score matrix.
 * @param select receives the scores `[users, items]` of the users from `first` on
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

/** The result in the form that kernels return. */
export function asTensors({ ids, scores }: { ids: Int32Array; scores: Float32Array }, n: number, k: number): Tensor[] {
  return [tensor2d(ids, [n, k], 'int32'), tensor2d(scores, [n, k])];
}
