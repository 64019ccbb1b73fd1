import { engine, type KernelConfig } from '@tensorflow/tfjs-core';
import { nodeBuiltin } from '../../engine/node-builtins.js';
import type { NodeBackend } from '../node-backend.js';
import { addonKernels } from './kernels.js';
import { trackSharing } from './sharing.js';

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
