import { type KernelConfig, type Tensor, type TensorInfo, tensor1d, tidy } from '@tensorflow/tfjs-core';
import type { AttributesOf, InputsOf, KernelName } from '../../kernel/signatures.js';
import type { NodeBackend } from '../node-backend.js';
import { isSoleOwner, share } from './sharing.js';

/** Runs the operations that the addon adds to TensorFlow. */
export interface AddonContext {
  /** Runs one operation with one output. */
  run(operation: string, ...inputs: TensorInfo[]): TensorInfo;
  runMany(operation: string, outputs: number, ...inputs: TensorInfo[]): TensorInfo[];
  floats(values: Float32Array | number[]): TensorInfo;
  ints(values: Int32Array | number[]): TensorInfo;
  /** For an operation that writes in place: the tensor's own memory if it is not shared, otherwise a copy. */
  ownMemory(tensor: TensorInfo): TensorInfo;
}

/** A kernel that uses operations from the addon. */
export function defineKernel<Name extends KernelName>(
  kernelName: Name,
  run: (context: AddonContext, inputs: InputsOf<Name>, attributes: AttributesOf<Name>) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const context = contextOf(backend as NodeBackend);
      // Frees intermediate tensors and keeps the result.
      return tidy(
        () => run(context, inputs as InputsOf<Name>, attrs as AttributesOf<Name>) as Tensor | Tensor[],
      ) as TensorInfo;
    },
  };
}

function contextOf(backend: NodeBackend): AddonContext {
  return {
    run: (operation, ...inputs) => backend.executeSingleOutput(`BalancedRec${operation}`, [], inputs),
    runMany: (operation, outputs, ...inputs) =>
      backend.executeMultipleOutputs(`BalancedRec${operation}`, [], inputs, outputs),
    floats: (values) => tensor1d(values, 'float32'),
    ints: (values) => tensor1d(values, 'int32'),
    ownMemory: (tensor) =>
      isSoleOwner(backend, tensor)
        ? share(backend, tensor)
        : backend.executeSingleOutput('BalancedRecCopy', [], [tensor]),
  };
}
