import { engine, type KernelConfig } from '@tensorflow/tfjs-core';
import { nodeBuiltin } from '../../tensorflow-library/node.js';
import type { NodeBackend } from '../node-backend.js';
import { adamKernels } from './adam.js';
import { elementwiseKernels } from './elementwise.js';
import { rowKernels } from './rows.js';
import { trackSharing } from './sharing.js';
import { sparseKernels } from './sparse.js';
import { topKKernels } from './top-k.js';
import { tripleKernels } from './triples.js';

/** Our kernels on the operations that the addon adds to TensorFlow on the CPU. */
export const addonKernels: readonly KernelConfig[] = [
  ...adamKernels,
  ...elementwiseKernels,
  ...rowKernels,
  ...sparseKernels,
  ...topKKernels,
  ...tripleKernels,
];

/**
 * Adds our own operations to TensorFlow, for the CPU: one compiled file, loaded once per process. Gives the kernels that use them.
 *
 * @throws whatever loading a shared library throws
 */
export function loadAddon(path: string): readonly KernelConfig[] {
  nodeBuiltin('node:module').createRequire(path)(path);
  trackSharing(engine().backend as unknown as NodeBackend);
  return addonKernels;
}
