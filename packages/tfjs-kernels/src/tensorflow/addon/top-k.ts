import type { KernelConfig, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { asTensors, topKInBlocks } from '../top-k.js';
import { defineKernel } from './define-kernel.js';

export const topKKernels: readonly KernelConfig[] = [
  defineKernel('TopKOfProduct', ({ runMany, ints }, inputs, { k, excluded }) => {
    const [users, items] = [inputs.users as Tensor2D, inputs.items as Tensor2D];
    const n = users.shape[0];
    const excludedIds = ints(excluded?.ids ?? []);
    const offsets = excluded?.offsets ?? new Int32Array(n + 1);
    const best = topKInBlocks(users, items, k, (scores, first) => {
      const blockOffsets = ints(offsets.slice(first, first + scores.shape[0] + 1));
      const selected = runMany('SelectTopK', 3, scores, blockOffsets, excludedIds, ints([k]));
      const [ids, bestScores, numbers] = selected as [Tensor, Tensor, Tensor];
      return { ids, scores: bestScores, notANumber: numbers.dataSync().indexOf(0) };
    });
    return asTensors(best, n, k);
  }),
];
