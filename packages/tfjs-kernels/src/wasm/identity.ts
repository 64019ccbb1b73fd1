import { Identity } from '@tensorflow/tfjs-core';
import type { UnaryInputs } from '../kernel/signatures.js';
import { replaceKernel } from './replace-kernel.js';

/**
 * Lets a clone share its original's memory, as on the other backends. The stock kernel copies, and the gradient tape clones every
 * tensor that a backward pass will need.
 */
export function replaceIdentity(): void {
  replaceKernel<UnaryInputs, unknown>(Identity, (wasm, { x }) => (x.dtype === 'string' ? undefined : wasm.share(x)));
}
