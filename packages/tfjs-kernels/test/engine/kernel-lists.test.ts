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

  it('of the reference are there once each', () => {
    expect(names).toEqual([...new Set(names)]);
  });

  it('composed of TensorFlow operations are those of the reference', () => {
    expect(namesOf(tensorflowKernels)).toEqual(names);
  });

  it('of wasm are those of the reference, and what TF.js lacks there', () => {
    expect(namesOf(wasmKernels)).toEqual([...names, 'UnsortedSegmentSum'].sort());
  });

  it('of the addon are those of the reference that TensorFlow does slowly: all but a product with a bias', () => {
    expect(namesOf(addonKernels)).toEqual(names.filter((name) => name !== 'Linear'));
  });
});
