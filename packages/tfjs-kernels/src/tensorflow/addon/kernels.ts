import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamKernels } from './adam.js';
import { elementwiseKernels } from './elementwise.js';
import { rowKernels } from './rows.js';
import { sparseKernels } from './sparse.js';
import { topKOfProductKernel } from './top-k-of-product.js';
import { tripleKernels } from './triples.js';

/** Our kernels on the operations that the addon adds to TensorFlow on the CPU. */
export const addonKernels: readonly KernelConfig[] = [
  ...adamKernels,
  ...elementwiseKernels,
  ...rowKernels,
  ...sparseKernels,
  topKOfProductKernel,
  ...tripleKernels,
];
