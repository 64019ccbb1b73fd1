import { NORMALIZE_ROWS, NORMALIZE_ROWS_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import type { EpsilonAttributes } from '../kernel/signatures.js';
import { defineGradient } from './define-gradient.js';

export const normalizeRowsGradient = defineGradient<EpsilonAttributes>(
  NORMALIZE_ROWS,
  { inputs: ['x'] },
  (dy, saved, { epsilon }) => ({ x: () => runKernel(NORMALIZE_ROWS_GRAD, { x: saved[0]!, dy }, { epsilon }) }),
);
