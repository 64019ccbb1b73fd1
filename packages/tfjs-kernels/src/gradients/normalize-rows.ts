import { NORMALIZE_ROWS, NORMALIZE_ROWS_GRAD } from '../kernel-names.js';
import type { EpsilonAttributes } from '../kernel-signatures.js';
import { runKernel } from '../run-kernel.js';
import { defineGradient } from './define-gradient.js';

export const normalizeRowsGradient = defineGradient<EpsilonAttributes>(
  NORMALIZE_ROWS,
  { inputs: ['x'] },
  (dy, saved, { epsilon }) => ({ x: () => runKernel(NORMALIZE_ROWS_GRAD, { x: saved[0]!, dy }, { epsilon }) }),
);
