import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamKernels } from './adam.js';
import { elementwiseKernels } from './elementwise.js';
import { rowKernels } from './rows.js';
import { sparseKernels } from './sparse.js';
import { topKKernels } from './top-k.js';
import { tripleKernels } from './triples.js';

/** Our kernels for TF.js's cpu backend. */
export const cpuKernels: readonly KernelConfig[] = [
  ...adamKernels,
  ...elementwiseKernels,
  ...rowKernels,
  ...sparseKernels,
  ...topKKernels,
  ...tripleKernels,
];
