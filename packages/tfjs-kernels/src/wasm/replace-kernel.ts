import {
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { contextOf, findContext, type WasmContext } from './context.js';

const replacements = new WeakSet<KernelConfig>();

/**
 * Puts a kernel of ours in the place of one of the wasm backend's own. Where ours answers undefined, the stock kernel computes.
 */
export function replaceKernel<Inputs, Attributes>(
  kernelName: string,
  run: (context: WasmContext, inputs: Inputs, attributes: Attributes) => TensorInfo | undefined,
): void {
  const stock = getKernel(kernelName, 'wasm');
  if (replacements.has(stock)) return;
  const replacement: KernelConfig = {
    ...stock,
    kernelFunc: (call) => {
      const { backend } = call;
      if (findContext(backend) === undefined) return stock.kernelFunc(call);
      const [inputs, attributes] = [call.inputs as NamedTensorInfoMap, call.attrs as NamedAttrMap];
      return run(contextOf(backend), inputs as Inputs, attributes as Attributes) ?? stock.kernelFunc(call);
    },
  };
  replacements.add(replacement);
  unregisterKernel(kernelName, 'wasm');
  registerKernel(replacement);
}
