import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import type { AttributesOf, KernelName } from '../kernel/signatures.js';

/** The gradient of a kernel with one output: for each input a function that TF.js calls only where that input is differentiated. */
export function defineGradient<Name extends KernelName>(
  kernelName: Name,
  saved: { inputs?: string[]; output?: boolean },
  gradients: (dy: Tensor, saved: Tensor[], attributes: AttributesOf<Name>) => Record<string, () => Tensor>,
): GradConfig {
  return {
    kernelName,
    inputsToSave: saved.inputs ?? [],
    outputsToSave: [saved.output ?? false],
    gradFunc: (dy, kept, attributes) => gradients(dy as Tensor, kept, attributes as unknown as AttributesOf<Name>),
  };
}
