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

/** float32's lowest number: stands for a score of -Infinity, which here means an excluded item. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

/** Scores at a time: 16 MiB. */
const SCORES_PER_BLOCK = 2 ** 22;

/** Of a block of users: the ids of their best items and the scores of these, `[users, k]` each. */
interface Best {
  readonly ids: Tensor;
  readonly scores: Tensor;
  /** The first user of the block that has a score which is NaN, or -1. */
  readonly notANumber: number;
}

export const topKKernels: readonly KernelConfig[] = [
  defineKernel('TopKOfProduct', ({ users, items }, { k, excluded }) => {
    const best = topKInBlocks(users as Tensor2D, items as Tensor2D, k, (scores, first) => {
      const bad = any(isNotANumber(scores), 1).dataSync().indexOf(1);
      // What is not a number is told by topKInBlocks; its order does not matter.
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

/** The scores of users from `first` on, with those of excluded items below all others. */
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
