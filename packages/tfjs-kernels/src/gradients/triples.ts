import type { GradConfig, Tensor2D } from '@tensorflow/tfjs-core';
import {
  SQUARES_OF_ROWS,
  SQUARES_OF_ROWS_GRAD,
  TRIPLE_MARGINS,
  TRIPLE_MARGINS_ITEMS_GRAD,
  TRIPLE_MARGINS_USERS_GRAD,
} from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { RowIdsAttributes, TripleAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const tripleGradients: readonly GradConfig[] = [
  defineGradient<TripleAttributes>(TRIPLE_MARGINS, { inputs: ['users', 'items'] }, (dy, saved, { triples }) => {
    const [users, items] = saved as [Tensor2D, Tensor2D];
    return {
      users: () => runKernel(TRIPLE_MARGINS_USERS_GRAD, { items, dy }, { triples, rows: users.shape[0] }),
      items: () => runKernel(TRIPLE_MARGINS_ITEMS_GRAD, { users, dy }, { triples, rows: items.shape[0] }),
    };
  }),
  defineGradient<RowIdsAttributes>(SQUARES_OF_ROWS, { inputs: ['table'] }, (dy, saved, { ids }) => ({
    table: () => runKernel(SQUARES_OF_ROWS_GRAD, { table: saved[0]!, dy }, { ids }),
  })),
];
