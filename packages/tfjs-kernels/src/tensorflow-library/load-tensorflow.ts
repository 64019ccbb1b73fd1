import { BalancedRecError } from '@balanced-rec/errors';
import { findBackend } from '@tensorflow/tfjs-core';
import {
  type CachedEngine,
  cachedEngine,
  engineFiles,
  nativeKernelsPath,
  type TensorFlowEngine,
} from './engine-cache.js';
import { nodeBuiltin, nodeProcess, patchNodeUtil } from './node.js';
import {
  findPackage,
  isLoaded,
  loadPackage,
  officialBinding,
  provisionRemedy,
  type TensorFlowPackage,
} from './tensorflow-package.js';

/**
 * Loads tfjs-node or tfjs-node-gpu. Everything that could be missing is checked before the package is loaded, because a package that fails
 * halfway leaves kernels behind, and then no other TensorFlow engine can be loaded in this process.
 *
 * @throws BalancedRecError `engine/unavailable`, `engine/other-machine`
 */
export function loadTensorFlow(engine: TensorFlowEngine): void {
  const process = nodeProcess();
  if (process === undefined) {
    throw new BalancedRecError({
      code: 'engine/unavailable',
      message: 'it only runs in Node.js',
      remedy: "use the engine 'wasm' in a browser",
    });
  }
  const found = findPackage(engine);
  if (!isLoaded(found)) {
    requireOneTensorFlow(engine);
    const cached = cachedEngine(engine);
    const binding = findBinding(engine, found, cached);
    if (engine === 'gpu') requireCudaDevice();
    // Refuses kernels for another CPU.
    nativeKernelsPath(engine);
    patchNodeUtil();
    process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
    if (engine === 'gpu') settleCuda(process.env);
    if (cached) preload(cached);
    loadPackage(found, binding);
  }
  if (engine === 'gpu') requireCudaInUse();
}

/**
 * Looks for a device file of NVIDIA's driver before TensorFlow's CUDA build is loaded. Without a device, that build would compute on the
 * CPU and prevent the engine 'native' from loading.
 *
 * @throws BalancedRecError `engine/unavailable`
 */
export function requireCudaDevice(devices: readonly string[] = deviceFiles()): void {
  // /dev/dxg is the Windows driver under WSL.
  if (devices.some((name) => /^(nvidia\d+|dxg)$/.test(name))) return;
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: 'no CUDA device found: there is no /dev/nvidia0',
    remedy: 'check that nvidia-smi lists a GPU, that its driver is 525 or newer, and that a container has access to it',
  });
}

/** Sets variables that CUDA's libraries read when they are loaded. Values set by the user are kept. */
function settleCuda(env: NodeJS.ProcessEnv): void {
  // Otherwise TensorFlow allocates all of a GPU's memory at once, and the workers of a comparison share one GPU.
  env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  // TF32 matrix products keep only 10 bits of mantissa, too few to agree with any other engine.
  env.NVIDIA_TF32_OVERRIDE ??= '0';
}

/** Both engines register the backend 'tensorflow' and load a library of the same name. */
function requireOneTensorFlow(engine: TensorFlowEngine): void {
  if (findBackend('tensorflow') === null) return;
  const other = engine === 'gpu' ? 'native' : 'gpu';
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: `this process already runs TensorFlow for the engine '${other}', and only one can be loaded per process`,
    remedy: 'load it in a separate process',
  });
}

function findBinding(engine: TensorFlowEngine, found: TensorFlowPackage, cached: CachedEngine | undefined): string {
  if (cached) return nodeBuiltin('node:path').join(cached.folder, engineFiles.binding);
  const official = officialBinding(found);
  if (official !== undefined) return official;
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: `${found.name} is installed, but the TensorFlow library that it needs is not`,
    remedy: provisionRemedy(engine),
  });
}

/** Loads TensorFlow's library before the binding does, so that TF_CPP_MIN_LOG_LEVEL also applies to what is logged while loading. */
function preload({ folder }: CachedEngine): void {
  const file = nodeBuiltin('node:path').join(folder, engineFiles.preload);
  nodeBuiltin('node:module').createRequire(file)(file);
}

function deviceFiles(): string[] {
  try {
    return nodeBuiltin('node:fs').readdirSync('/dev');
  } catch {
    return [];
  }
}

function requireCudaInUse(): void {
  const backend = findBackend('tensorflow') as { isUsingGpuDevice?: boolean } | null;
  if (backend?.isUsingGpuDevice !== false) return;
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: 'TensorFlow found no usable CUDA device',
    remedy: 'set TF_CPP_MIN_LOG_LEVEL=0 to see why, and check the driver with nvidia-smi',
  });
}
