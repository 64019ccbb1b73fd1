import type { KernelConfig } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cpuKernels } from '../../src/cpu/kernels.ts';
import { addonKernels } from '../../src/tensorflow/addon/kernels.ts';
import { tensorflowKernels } from '../../src/tensorflow/kernels.ts';
import { wasmKernels } from '../../src/wasm/kernels.ts';

function namesOf(kernels: readonly KernelConfig[]): string[] {
  return kernels.map(({ kernelName }) => kernelName).sort();
}

describe('the kernels', () => {
  const names = namesOf(cpuKernels);

  it('of the reference are each present once', () => {
    expect(names).toEqual([...new Set(names)]);
  });

  it('composed of TensorFlow operations match the reference', () => {
    expect(namesOf(tensorflowKernels)).toEqual(names);
  });

  it('of wasm match the reference, plus the one that TF.js lacks there', () => {
    expect(namesOf(wasmKernels)).toEqual([...names, 'UnsortedSegmentSum'].sort());
  });

  it('of the addon are those that TensorFlow does slowly: all except a product with a bias', () => {
    expect(namesOf(addonKernels)).toEqual(names.filter((name) => name !== 'Linear'));
  });
});
