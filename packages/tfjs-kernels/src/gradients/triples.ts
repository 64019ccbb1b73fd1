import type { GradConfig, Tensor2D } from '@tensorflow/tfjs-core';
import { runKernel } from '../kernel/run-kernel.js';
import { defineGradient } from './define-gradient.js';

export const tripleGradients: readonly GradConfig[] = [
  defineGradient('TripleMargins', { inputs: ['users', 'items'] }, (dy, saved, { triples }) => {
    const [users, items] = saved as [Tensor2D, Tensor2D];
    return {
      users: () => runKernel('TripleMarginsUsersGrad', { items, dy }, { triples, rows: users.shape[0] }),
      items: () => runKernel('TripleMarginsItemsGrad', { users, dy }, { triples, rows: items.shape[0] }),
    };
  }),
  defineGradient('SquaresOfRows', { inputs: ['table'] }, (dy, saved, { ids }) => ({
    table: () => runKernel('SquaresOfRowsGrad', { table: saved[0]!, dy }, { ids }),
  })),
];
