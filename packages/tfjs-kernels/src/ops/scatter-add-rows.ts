import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { SCATTER_ADD_ROWS } from '../kernel-names.js';
import { runKernel } from '../run-kernel.js';

/** The gradient of gatherRows: out [rows, d] starts at 0, then out[ids[i]] += updates[i] in order of i. */
export function scatterAddRows(updates: Tensor2D, ids: Tensor1D, rows: number): Tensor2D {
  return runKernel(SCATTER_ADD_ROWS, { updates, ids }, { rows });
}
