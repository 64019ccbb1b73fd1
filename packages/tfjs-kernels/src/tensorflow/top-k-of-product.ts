import {
  any,
  fill,
  isNaN as isNotANumber,
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
import { TOP_K_OF_PRODUCT } from '../kernel-names.js';
import type { Excluded, TopKAttributes, TopKInputs } from '../kernel-signatures.js';
import { notANumber } from '../top-k-selection.js';
import { defineKernel } from './define-kernel.js';

/** Scores at a time: 16 MiB. */
const SCORES_PER_BLOCK = 2 ** 22;

/** float32's lowest number: stands for a score of -Infinity, which here means an excluded item. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

export const topKOfProductKernel = defineKernel<TopKInputs, TopKAttributes>(
  TOP_K_OF_PRODUCT,
  ({ users, items }, { k, excluded }) => {
    const [n, d] = users.shape as [number, number];
    const ids = new Int32Array(n * k);
    const best = new Float32Array(n * k);
    const rowsPerBlock = Math.max(1, Math.floor(SCORES_PER_BLOCK / Math.max(1, items.shape[0]!)));
    for (let first = 0; first < n; first += rowsPerBlock) {
      const rows = Math.min(rowsPerBlock, n - first);
      tidy(() => {
        const scores = matMul<Tensor2D>(slice(users, [first, 0], [rows, d]), items as Tensor2D, false, true);
        const bad = any(isNotANumber(scores), 1).dataSync().indexOf(1);
        if (bad >= 0) throw notANumber(first + bad);
        const { values, indices } = topk(without(maximum(scores, LOWEST), first, excluded), k);
        ids.set(indices.dataSync(), first * k);
        best.set(values.dataSync(), first * k);
      });
    }
    for (let at = 0; at < best.length; at++) {
      if (best[at] === Number.NEGATIVE_INFINITY) ids[at] = -1;
      else if (best[at] === LOWEST) best[at] = Number.NEGATIVE_INFINITY;
    }
    return [tensor2d(ids, [n, k], 'int32'), tensor2d(best, [n, k])];
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
