import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What the backend knows about a tensor. */
export interface NodeTensor {
  readonly refCount: number;
  readonly shape: readonly number[];
  /** TensorFlow's number for the type. */
  readonly dtype: number;
  /** Values that have not been passed to TensorFlow yet, or null. */
  readonly values: ArrayLike<number> | null;
}

/** The part of the backend of tfjs-node and tfjs-node-gpu that our kernels use. */
export interface NodeBackend {
  readonly tensorMap: { get(dataId: object): NodeTensor };
  readonly binding: {
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_FLOAT: number;
    readonly TF_INT32: number;
    /** Copies values to the engine's device. */
    createTensor(shape: readonly number[], type: number, values: ArrayLike<number>): number;
    deleteTensor(id: number): void;
  };
  /** TensorFlow's ids of tensors; tensors that have not been passed to TensorFlow yet are passed now. */
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  /** TensorFlow's number for a type. */
  getDTypeInteger(type: string): number;
  incRef(dataId: object): void;
  executeSingleOutput(operation: string, attributes: readonly object[], inputs: readonly TensorInfo[]): TensorInfo;
  executeMultipleOutputs(
    operation: string,
    attributes: readonly object[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): TensorInfo[];
}
