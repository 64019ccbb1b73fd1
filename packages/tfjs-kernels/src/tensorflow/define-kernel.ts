import { type KernelConfig, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';

type AsTensors<Inputs> = { [Name in keyof Inputs]: Tensor };

/** A kernel composed of TF.js operations, which tfjs-node and tfjs-node-gpu run in TensorFlow. */
export function defineKernel<Inputs, Attributes = unknown>(
  kernelName: string,
  compose: (inputs: AsTensors<Inputs>, attributes: Attributes) => Tensor | Tensor[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) =>
      tidy(() => compose(inputs as unknown as AsTensors<Inputs>, attrs as Attributes)) as TensorInfo | TensorInfo[],
  };
}
