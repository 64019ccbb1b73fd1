import { BalancedRecError } from '@balanced-rec/errors';
import { engine, env, getKernel, type KernelConfig, ready, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { cpuKernels } from '../cpu/kernels.js';
import { tensorflowKernels } from '../tensorflow/kernels.js';
import { replaceBatchMatMul } from '../wasm/batch-mat-mul.js';
import { findContext, joinContext, type WasmBackend } from '../wasm/context.js';
import { replaceIdentity } from '../wasm/identity.js';
import { instantiateKernels } from '../wasm/kernel-module.js';
import { wasmKernels } from '../wasm/kernels.js';
import type { EngineName } from './engine.js';
import { patchNodeUtil } from './node-util.js';

/** Starts an engine and gives the name of its TF.js backend. */
export const starters: Record<EngineName, () => Promise<string>> = {
  gpu: () => startTensorFlow('@tensorflow/tfjs-node-gpu'),
  native: () => startTensorFlow('@tensorflow/tfjs-node'),
  wasm: startWasm,
  cpu: startCpu,
};

export const remedies: Record<EngineName, string> = {
  gpu: 'npm install @tensorflow/tfjs-node-gpu',
  native: 'npm install @tensorflow/tfjs-node',
  wasm: 'npm install @tensorflow/tfjs-backend-wasm, and a runtime with WebAssembly SIMD',
  cpu: 'npm install @tensorflow/tfjs-backend-cpu',
};

async function startCpu(): Promise<string> {
  await import('@tensorflow/tfjs-backend-cpu');
  await activate('cpu');
  // The backend greets at its first tensor unless told that it has been used.
  (engine().backend as unknown as { firstUse: boolean }).firstUse = false;
  registerMissing(cpuKernels);
  return 'cpu';
}

async function startWasm(): Promise<string> {
  await import('@tensorflow/tfjs-backend-wasm');
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new BalancedRecError({ code: 'engine/unavailable', message: 'this runtime has no WebAssembly SIMD' });
  }
  // Our kernels share the backend's memory, which is another kind with threads.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await activate('wasm');
  const backend = engine().backend as unknown as WasmBackend;
  if (findContext(backend) === undefined) joinContext(backend, await instantiateKernels(backend.wasm));
  registerMissing(wasmKernels);
  replaceBatchMatMul();
  replaceIdentity();
  return 'wasm';
}

async function startTensorFlow(packageName: string): Promise<string> {
  const process = (
    globalThis as { process?: { versions?: { node?: string }; env: Record<string, string | undefined> } }
  ).process;
  if (process?.versions?.node === undefined) {
    throw new BalancedRecError({
      code: 'engine/unavailable',
      message: 'it runs in Node.js only',
      remedy: "use the engine 'wasm' in a browser",
    });
  }
  patchNodeUtil();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  await importPackage(packageName);
  await activate('tensorflow');
  registerMissing(tensorflowKernels);
  return 'tensorflow';
}

/** The name is a variable so that no bundler looks for a package that is optional. */
async function importPackage(name: string): Promise<void> {
  try {
    await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (cause) {
    const text = String((cause as { message?: unknown }).message);
    // Each runtime has its own words for a package that is not there. An add-on that does not load names a file instead.
    const absent =
      /^(Cannot find|Could not resolve|Failed to resolve)/.test(text) && new RegExp(`["']${name}["']`).test(text);
    if (!absent) throw cause;
    throw new BalancedRecError({ code: 'engine/unavailable', message: `${name} is not installed`, cause });
  }
}

async function activate(backend: string): Promise<void> {
  if (!(await setBackend(backend))) {
    throw new BalancedRecError({
      code: 'engine/unavailable',
      message: `the TF.js backend '${backend}' does not start`,
    });
  }
  await ready();
}

function registerMissing(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels)
    if (getKernel(kernel.kernelName, kernel.backendName) === undefined) registerKernel(kernel);
}
