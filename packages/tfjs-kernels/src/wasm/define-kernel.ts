import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { contextOf, type WasmContext } from './context.js';

/** A kernel that calls our wasm module on tensors where they lie. */
export function defineKernel<Inputs, Attributes = unknown>(
  kernelName: string,
  run: (context: WasmContext, inputs: Inputs, attributes: Attributes) => TensorInfo | TensorInfo[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => run(contextOf(backend), inputs as Inputs, attrs as Attributes),
  };
}
