import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamKernels } from './adam.js';
import { elementwiseKernels } from './elementwise.js';
import { rowKernels } from './rows.js';
import { sparseKernels } from './sparse.js';
import { topKKernels } from './top-k.js';
import { tripleKernels } from './triples.js';

/** Our kernels for tfjs-node and tfjs-node-gpu, composed of TensorFlow's own operations. On a CPU, the addon's kernels replace them. */
export const tensorflowKernels: readonly KernelConfig[] = [
  ...adamKernels,
  ...elementwiseKernels,
  ...rowKernels,
  ...sparseKernels,
  ...topKKernels,
  ...tripleKernels,
];
