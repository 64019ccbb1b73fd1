import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { describe, test } from 'vitest';
import { cpuKernels } from '../../src/cpu/kernels.ts';
import { type Engine, type EngineName, engineNames, loadEngine, tryEngine } from '../../src/index.ts';
import { tensorflowKernels } from '../../src/tensorflow/kernels.ts';

export type TestedEngine = EngineName | 'tensorflow kernels on cpu';

interface Found {
  readonly name: TestedEngine;
  /** Why it cannot be tested here, if it cannot. */
  readonly missing: string | undefined;
}

const found: Found[] = [];
for (const name of engineNames) found.push({ name, missing: await tryEngine(name) });
found.push({ name: 'tensorflow kernels on cpu', missing: undefined });

/** Describes the tests once per engine. An engine that is not installed becomes one skipped test, named after the reason. */
export function describeOnEveryEngine(title: string, tests: (engine: TestedEngine) => void): void {
  for (const { name, missing } of found) {
    if (missing === undefined) describe(`${title} on ${name}`, () => tests(name));
    else describe(`${title} on ${name}`, () => test.skip(missing));
  }
}

/**
 * Activates an engine. The kernels of gpu and native are composed of TF.js operations, so the composition can be tested on TF.js's
 * cpu backend even if TensorFlow itself is not installed.
 */
export async function activate(name: TestedEngine): Promise<Engine> {
  const engine = await loadEngine(name === 'tensorflow kernels on cpu' ? 'cpu' : name);
  if (engine.backend === 'cpu') {
    const kernels = name === 'cpu' ? cpuKernels : tensorflowKernels;
    for (const kernel of kernels) {
      if (getKernel(kernel.kernelName, 'cpu') !== undefined) unregisterKernel(kernel.kernelName, 'cpu');
      registerKernel({ ...kernel, backendName: 'cpu' });
    }
  }
  return engine;
}
