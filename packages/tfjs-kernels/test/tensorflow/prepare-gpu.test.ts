import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../../src/index.ts';
import type { NodeBackend } from '../../src/tensorflow/node-backend.ts';
import { prepareGpu } from '../../src/tensorflow/prepare-gpu.ts';
import { cachedEngine } from '../../src/tensorflow-library/engine-cache.ts';

const native = cachedEngine('native');
if (!native) console.warn('SKIPPED: what gpu does between operations, on native: pnpm engine native installs it');

// The same backend and library as gpu, on the CPU.
describe.skipIf(!native)('prepareGpu', () => {
  let backend: NodeBackend;
  let created = 0;
  beforeAll(async () => {
    await loadEngine('native');
    backend = tf.engine().backend as unknown as NodeBackend;
    const { binding } = backend;
    const createTensor: typeof binding.createTensor = (...args) => {
      created++;
      return binding.createTensor(...args);
    };
    Object.assign(backend, { binding: Object.create(binding, { createTensor: { value: createTensor } }) });
    prepareGpu(backend);
    prepareGpu(backend);
  });

  it('transfers equal scalars once, with the same results', () => {
    const x = tf.add(tf.tensor1d([1, 2, 3]), tf.tensor1d([0, 0, 0]));
    created = 0;
    for (const factor of [2.5, 2.5, 2.5]) expect([...tf.mul(x, factor).dataSync()]).toEqual([2.5, 5, 7.5]);
    expect(created).toBe(1);
    expect([...tf.mul(x, -0.5).dataSync()]).toEqual([-0.5, -1, -1.5]);
    expect(created).toBe(2);
  });

  it('keeps working after more distinct scalars than it keeps', () => {
    const x = tf.add(tf.tensor1d([1]), tf.tensor1d([0]));
    for (let n = 0; n < 2500; n++) {
      const sum = tf.tidy(() => tf.add(tf.mul(tf.scalar(n), tf.scalar(n + 0.5)), x));
      expect(sum.dataSync()[0]).toBe(Math.fround(n * (n + 0.5) + 1));
      sum.dispose();
    }
  });

  it('leaves scalars readable and disposable', () => {
    const half = tf.scalar(0.5);
    expect(tf.mul(half, half).dataSync()[0]).toBe(0.25);
    expect(half.dataSync()[0]).toBe(0.5);
    half.dispose();
    expect(tf.mul(tf.scalar(0.5), 1).dataSync()[0]).toBe(0.5);
  });

  it('gathers along any axis, including integers', () => {
    const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const ids = tf.tensor1d([2, 0], 'int32');
    expect(tf.gather(table, ids).arraySync()).toEqual([
      [5, 6],
      [1, 2],
    ]);
    expect(tf.gather(table, tf.tensor1d([1], 'int32'), 1).arraySync()).toEqual([[2], [4], [6]]);
    expect(tf.gather(tf.tensor1d([7, 8, 9], 'int32'), ids).arraySync()).toEqual([9, 7]);
  });

  it('leaves nothing behind except the scalars that it keeps', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => tf.gather(tf.mul(tf.tensor2d([1, 2], [2, 1]), 3), tf.tensor1d([1], 'int32')).dataSync());
    expect(tf.memory().numTensors).toBe(before);
  });
});
