import {
  any,
  fill,
  isNaN as isNotANumber,
  maximum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tensorScatterUpdate,
  topk,
} from '@tensorflow/tfjs-core';
import { TOP_K_OF_PRODUCT } from '../kernel/names.js';
import type { Excluded, TopKAttributes, TopKInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';
import { asTensors, topKInBlocks } from './top-k-in-blocks.js';

/** float32's lowest number: stands for a score of -Infinity, which here means an excluded item. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

export const topKOfProductKernel = defineKernel<TopKInputs, TopKAttributes>(
  TOP_K_OF_PRODUCT,
  ({ users, items }, { k, excluded }) => {
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
  },
);

/** The scores of users from `first` on, with those of excluded items below all others. */
function without(scores: Tensor2D, first: number, excluded: Excluded | undefined): Tensor {
  const [from, end] = [excluded?.offsets[first] ?? 0, excluded?.offsets[first + scores.shape[0]] ?? 0];
  if (excluded === undefined || from === end) return scores;
  const places = new Int32Array(2 * (end - from));
  for (let row = 0; row < scores.shape[0]; row++) {
    for (let e = excluded.offsets[first + row]!; e < excluded.offsets[first + row + 1]!; e++) {
      places[2 * (e - from)] = row;
      places[2 * (e - from) + 1] = excluded.ids[e]!;
    }
  }
  const lowest = fill([end - from], Number.NEGATIVE_INFINITY);
  return tensorScatterUpdate(scores, tensor2d(places, [end - from, 2], 'int32'), lowest);
}
