import { matMul, slice, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { TOP_K_OF_PRODUCT } from '../kernel-names.js';
import type { TopKAttributes, TopKInputs } from '../kernel-signatures.js';
import { selectTopK, USERS_PER_BLOCK } from '../top-k-selection.js';
import { defineKernel } from './define-kernel.js';

export const topKOfProductKernel = defineKernel<TopKInputs, TopKAttributes>(
  TOP_K_OF_PRODUCT,
  ({ users, items }, { k, excluded }) => {
    const [n, d] = users.shape as [number, number];
    const m = items.shape[0]!;
    const ids = new Int32Array(n * k);
    const scores = new Float32Array(n * k);
    for (let first = 0; first < n; first += USERS_PER_BLOCK) {
      const rows = Math.min(USERS_PER_BLOCK, n - first);
      const block = tidy(() =>
        matMul(slice(users, [first, 0], [rows, d]), items, false, true).dataSync(),
      ) as Float32Array;
      for (let r = 0; r < rows; r++) {
        selectTopK(block.slice(r * m, (r + 1) * m), first + r, k, excluded, ids, scores, (first + r) * k);
      }
    }
    return [tensor2d(ids, [n, k], 'int32'), tensor2d(scores, [n, k])];
  },
);
