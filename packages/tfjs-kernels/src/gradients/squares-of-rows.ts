import { SQUARES_OF_ROWS, SQUARES_OF_ROWS_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { RowIdsAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const squaresOfRowsGradient = defineGradient<RowIdsAttributes>(
  SQUARES_OF_ROWS,
  { inputs: ['table'] },
  (dy, saved, { ids }) => ({ table: () => runKernel(SQUARES_OF_ROWS_GRAD, { table: saved[0]!, dy }, { ids }) }),
);
