import type { DataType, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { AttributesOf, InputsOf, KernelName } from '../kernel/signatures.js';

/** The part of TF.js's cpu backend that our kernels use. */
export interface CpuBackend {
  readonly data: { get(dataId: object): { values: unknown } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array | Int32Array): TensorInfo;
}

export interface CpuContext {
  floats(tensor: TensorInfo): Float32Array;
  ints(tensor: TensorInfo): Int32Array;
  output(shape: number[], values: Float32Array | Int32Array): TensorInfo;
}

/** A kernel in plain JavaScript: the reference that the other engines are tested against. */
export function defineKernel<Name extends KernelName>(
  kernelName: Name,
  run: (context: CpuContext, inputs: InputsOf<Name>, attributes: AttributesOf<Name>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(contextOf(backend as CpuBackend), inputs as InputsOf<Name>, attrs as AttributesOf<Name>),
  };
}

function contextOf(backend: CpuBackend): CpuContext {
  return {
    floats: ({ dataId }) => {
      const { values } = backend.data.get(dataId);
      return values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number>);
    },
    ints: ({ dataId }) => {
      const { values } = backend.data.get(dataId);
      return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>);
    },
    output: (shape, values) =>
      backend.makeTensorInfo(shape, values instanceof Int32Array ? 'int32' : 'float32', values),
  };
}
