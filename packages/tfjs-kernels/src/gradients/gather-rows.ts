import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { GATHER_ROWS, SCATTER_ADD_ROWS } from '../kernel/names.js';
import { gatherRows } from '../ops/gather-rows.js';
import { scatterAddRows } from '../ops/scatter-add-rows.js';
import { defineGradient } from './define-gradient.js';

export const gatherRowsGradient = defineGradient(GATHER_ROWS, { inputs: ['table', 'ids'] }, (dy, saved) => {
  const [table, ids] = saved as [Tensor2D, Tensor1D];
  return { table: () => scatterAddRows(dy as Tensor2D, ids, table.shape[0]) };
});

export const scatterAddRowsGradient = defineGradient(SCATTER_ADD_ROWS, { inputs: ['ids'] }, (dy, saved) => ({
  updates: () => gatherRows(dy as Tensor2D, saved[0] as Tensor1D),
}));
