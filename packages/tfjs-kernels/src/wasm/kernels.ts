import type { KernelConfig } from '@tensorflow/tfjs-core';
import { adamKernels } from './adam.js';
import { elementwiseKernels } from './elementwise.js';
import { rowKernels } from './rows.js';
import { sparseKernels } from './sparse.js';
import { unsortedSegmentSumKernel } from './stock-kernels.js';
import { topKKernels } from './top-k.js';
import { tripleKernels } from './triples.js';

/** Our kernels for TF.js's wasm backend, and one of TF.js's own that it lacks. */
export const wasmKernels: readonly KernelConfig[] = [
  ...adamKernels,
  ...elementwiseKernels,
  ...rowKernels,
  ...sparseKernels,
  ...topKKernels,
  ...tripleKernels,
  unsortedSegmentSumKernel,
];
