import { type KernelConfig, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';
import type { AttributesOf, InputsOf, KernelName } from '../kernel/signatures.js';

/** A kernel's inputs as tensors, which is what TF.js actually passes, despite its declared type. */
export type AsTensors<Inputs> = { readonly [Name in keyof Inputs]: Tensor };

/** A kernel composed of TF.js operations, which tfjs-node and tfjs-node-gpu run in TensorFlow. */
export function defineKernel<Name extends KernelName>(
  kernelName: Name,
  compose: (inputs: AsTensors<InputsOf<Name>>, attributes: AttributesOf<Name>) => Tensor | Tensor[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      tidy(() => compose(inputs as unknown as AsTensors<InputsOf<Name>>, attrs as AttributesOf<Name>)) as
        | TensorInfo
        | TensorInfo[],
  };
}
