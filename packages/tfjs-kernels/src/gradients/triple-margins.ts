import type { Tensor2D } from '@tensorflow/tfjs-core';
import { TRIPLE_MARGINS, TRIPLE_MARGINS_ITEMS_GRAD, TRIPLE_MARGINS_USERS_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { TripleAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const tripleMarginsGradient = defineGradient<TripleAttributes>(
  TRIPLE_MARGINS,
  { inputs: ['users', 'items'] },
  (dy, saved, { triples }) => {
    const [users, items] = saved as [Tensor2D, Tensor2D];
    return {
      users: () => runKernel(TRIPLE_MARGINS_USERS_GRAD, { items, dy }, { triples, rows: users.shape[0] }),
      items: () => runKernel(TRIPLE_MARGINS_ITEMS_GRAD, { users, dy }, { triples, rows: items.shape[0] }),
    };
  },
);
