import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';

/** The gradient of a kernel with one output: for each input a function that TF.js calls only where that input is differentiated. */
export function defineGradient<Attributes = unknown>(
  kernelName: string,
  saved: { inputs?: string[]; output?: boolean },
  gradients: (dy: Tensor, saved: Tensor[], attributes: Attributes) => Record<string, () => Tensor>,
): GradConfig {
  return {
    kernelName,
    inputsToSave: saved.inputs ?? [],
    outputsToSave: [saved.output ?? false],
    gradFunc: (dy, kept, attributes) => gradients(dy as Tensor, kept, attributes as unknown as Attributes),
  };
}
