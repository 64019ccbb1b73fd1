import { matMul, slice, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { TOP_K_OF_PRODUCT } from '../../kernel-names.js';
import type { TopKAttributes, TopKInputs } from '../../kernel-signatures.js';
import { notANumber } from '../../top-k-selection.js';
import { defineKernel } from './define-kernel.js';

/** Scores at a time: 16 MiB. */
const SCORES_PER_BLOCK = 2 ** 22;

export const topKOfProductKernel = defineKernel<TopKInputs, TopKAttributes>(
  TOP_K_OF_PRODUCT,
  (context, inputs, { k, excluded }) => {
    const [users, items] = [inputs.users as Tensor2D, inputs.items as Tensor2D];
    const [n, d] = users.shape;
    const ids = new Int32Array(n * k);
    const best = new Float32Array(n * k);
    const excludedIds = context.ints(excluded?.ids ?? []);
    const offsets = excluded?.offsets ?? new Int32Array(n + 1);
    const rowsPerBlock = Math.max(1, Math.floor(SCORES_PER_BLOCK / Math.max(1, items.shape[0])));
    for (let first = 0; first < n; first += rowsPerBlock) {
      const rows = Math.min(rowsPerBlock, n - first);
      tidy(() => {
        const scores = matMul(slice(users, [first, 0], [rows, d]), items, false, true);
        const blockOffsets = context.ints(offsets.slice(first, first + rows + 1));
        const [blockIds, blockBest, numbers] = context.runMany(
          ...(['SelectTopK', 3, scores, blockOffsets, excludedIds, context.ints([k])] as const),
        ) as [Tensor, Tensor, Tensor];
        const bad = numbers.dataSync().indexOf(0);
        if (bad >= 0) throw notANumber(first + bad);
        ids.set(blockIds.dataSync(), first * k);
        best.set(blockBest.dataSync(), first * k);
      });
    }
    return [tensor2d(ids, [n, k], 'int32'), tensor2d(best, [n, k])];
  },
);
