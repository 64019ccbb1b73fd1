import { BalancedRecError } from '@balanced-rec/errors';
import { engine, getKernel, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelName } from './signatures.js';

/** Runs one of our kernels on the active engine, and records it on the gradient tape if one is active. */
export function runKernel<Output extends Tensor | Tensor[]>(
  name: KernelName,
  inputs: NamedTensorMap,
  attrs: object = {},
): Output {
  const active = engine().backendName;
  if (active === undefined || active === null || getKernel(name, active) === undefined) {
    throw new BalancedRecError({
      code: 'engine/not-loaded',
      message: `the kernel ${name} is not registered for the TensorFlow.js backend '${active ?? 'none'}'`,
      remedy: "call `await loadEngine('auto')` before the first operation",
    });
  }
  return engine().runKernel(name, inputs, attrs as NamedAttrMap) as Output;
}
