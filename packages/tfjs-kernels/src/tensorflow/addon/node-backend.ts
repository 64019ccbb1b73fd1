import type { TensorInfo } from '@tensorflow/tfjs-core';

/** The part of the backend of tfjs-node and tfjs-node-gpu that our kernels use. */
export interface NodeBackend {
  readonly tensorMap: { get(dataId: object): { readonly refCount: number } };
  incRef(dataId: object): void;
  executeSingleOutput(operation: string, attributes: readonly object[], inputs: readonly TensorInfo[]): TensorInfo;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly object[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): TensorInfo[];
}
