import { BalancedRecError } from '@balanced-rec/errors';
import { engine, env, getKernel, type KernelConfig, ready, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { cpuKernels } from '../cpu/kernels.js';
import { loadAddon } from '../tensorflow/addon/kernels.js';
import { tensorflowKernels } from '../tensorflow/kernels.js';
import type { NodeBackend } from '../tensorflow/node-backend.js';
import { prepareGpu } from '../tensorflow/prepare-gpu.js';
import { nativeKernelsPath, type TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { loadTensorFlow } from '../tensorflow-library/load-tensorflow.js';
import { nodeProcess } from '../tensorflow-library/node.js';
import { provisionRemedy } from '../tensorflow-library/tensorflow-package.js';
import { findContext, joinContext, type WasmBackend } from '../wasm/context.js';
import { instantiateKernels } from '../wasm/kernel-module.js';
import { wasmKernels } from '../wasm/kernels.js';
import { replaceStockKernels } from '../wasm/stock-kernels.js';
import type { EngineName, EngineOptions } from './engine.js';

/** Each function starts an engine and returns the name of its TF.js backend. */
export const starters: Record<EngineName, (options: EngineOptions) => Promise<string>> = {
  gpu: () => startTensorFlow('gpu'),
  native: () => startTensorFlow('native'),
  wasm: startWasm,
  cpu: startCpu,
};

/** How to make an engine available that does not start. */
export function remedyFor(name: EngineName, { wasmFile = 'not set, so next to the page' }: EngineOptions): string {
  if (name === 'wasm' && nodeProcess() === undefined) {
    return (
      'serve tfjs-backend-wasm-simd.wasm from @tensorflow/tfjs-backend-wasm and pass its address, ' +
      `loadEngine('wasm', { wasmFile }) (it was ${wasmFile}); then reload the page`
    );
  }
  return remedies[name];
}

const remedies: Record<EngineName, string> = {
  gpu: provisionRemedy('gpu'),
  native: provisionRemedy('native'),
  wasm: 'npm install @tensorflow/tfjs-backend-wasm, and use a runtime with WebAssembly SIMD',
  cpu: 'npm install @tensorflow/tfjs-backend-cpu',
};

const wasmFileNames = [
  'tfjs-backend-wasm.wasm',
  'tfjs-backend-wasm-simd.wasm',
  'tfjs-backend-wasm-threaded-simd.wasm',
] as const;

async function startCpu(): Promise<string> {
  await import('@tensorflow/tfjs-backend-cpu');
  await activate('cpu');
  // The backend logs a greeting at its first tensor unless it is marked as used.
  (engine().backend as unknown as { firstUse: boolean }).firstUse = false;
  registerMissing(cpuKernels);
  return 'cpu';
}

async function startWasm({ wasmFile }: EngineOptions): Promise<string> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new BalancedRecError({
      code: 'engine/unavailable',
      message: 'this runtime has no WebAssembly SIMD',
      remedy: 'use Node.js, or a browser released in 2023 or later',
    });
  }
  // Our kernels share the backend's memory, which is of a different kind with threads.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  // TF.js requires all three paths but only uses the one with SIMD.
  if (wasmFile !== undefined) setWasmPaths(Object.fromEntries(wasmFileNames.map((name) => [name, wasmFile])));
  await activate('wasm');
  const backend = engine().backend as unknown as WasmBackend;
  if (findContext(backend) === undefined) joinContext(backend, await instantiateKernels(backend.wasm));
  registerMissing(wasmKernels);
  replaceStockKernels();
  return 'wasm';
}

async function startTensorFlow(name: TensorFlowEngine): Promise<string> {
  loadTensorFlow(name);
  await activate('tensorflow');
  if (name === 'gpu') prepareGpu(engine().backend as unknown as NodeBackend);
  // Our own operations run on the CPU; with a GPU, every tensor would be copied to the CPU and back.
  const addon = name === 'native' ? nativeKernelsPath(name) : undefined;
  if (addon !== undefined) registerMissing(loadAddon(addon));
  registerMissing(tensorflowKernels);
  return 'tensorflow';
}

async function activate(backend: string): Promise<void> {
  if (!(await setBackend(backend))) {
    throw new BalancedRecError({
      code: 'engine/unavailable',
      message: `the TF.js backend '${backend}' did not start`,
    });
  }
  await ready();
}

function registerMissing(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels)
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
}
