import {
  engine,
  env,
  gather,
  getBackend,
  getKernel,
  grad,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { patchNodeUtil } from '../src/tensorflow-library/node.ts';
import { floats } from './support/numbers.ts';
import { type EngineName, gatherRows, leakyRelu, loadEngine, segmentSoftmax, softplus } from './support/package.ts';
import { pattern } from './support/patterns.ts';

describe('loadEngine', () => {
  it('takes the best that loads and says why', async () => {
    const loaded = await loadEngine('auto');
    const order = ['gpu', 'native', 'wasm', 'cpu'];
    expect(loaded.unavailable.map(({ name }) => name)).toEqual(order.slice(0, order.indexOf(loaded.name)));
    expect(loaded.reason).toMatch(/first of/);
    expect(loaded.backend).toBe(getBackend());
  });

  it('refuses an engine that does not exist, with the nearest name', async () => {
    await expect(loadEngine('wsam' as EngineName)).rejects.toMatchObject({
      code: 'engine/unknown',
      details: { remedy: "did you mean 'wasm'?" },
    });
  });

  it('switches back and forth, without a word, and tensors come along', async () => {
    const spoken = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
    await loadEngine('wasm');
    const replaced = getKernel('BatchMatMul', 'wasm');
    const p = pattern(9, 6, 4);
    const x = tensor1d(floats(p.entries, 1));
    const results = [];
    for (const name of ['wasm', 'cpu', 'wasm'] as const) {
      expect(await loadEngine(name)).toMatchObject({ name, backend: name });
      results.push(tidy(() => segmentSoftmax(p, x).dataSync()));
    }
    expect(results[2]).toEqual(results[0]);
    expect(getKernel('BatchMatMul', 'wasm')).toBe(replaced);
    for (const each of spoken) expect(each).not.toHaveBeenCalled();
    p.dispose();
    x.dispose();
  });

  it('has one clear error for an operation before any engine', async () => {
    await loadEngine('cpu');
    const { getKernel: find, unregisterKernel, registerKernel } = await import('@tensorflow/tfjs-core');
    const kernel = find('LeakyRectify', 'cpu');
    unregisterKernel('LeakyRectify', 'cpu');
    tidy(() => {
      expect(() => leakyRelu(tensor1d([1]), 0.1)).toThrow(expect.objectContaining({ code: 'engine/not-loaded' }));
    });
    registerKernel(kernel);
  });
});

describe('the wasm engine', () => {
  it('gives tf.gather a gradient', async () => {
    await loadEngine('wasm');
    tidy(() => {
      const table = tensor2d(floats(10, 1), [5, 2]);
      const gradient = grad((x: Tensor) => sum(gather(x, tensor1d([4, 0, 4], 'int32'))))(table);
      expect([...gradient.dataSync()]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 2, 2]);
    });
  });

  it('checks ids that come as a tensor', async () => {
    await loadEngine('wasm');
    tidy(() => {
      const table = tensor2d(floats(10, 1), [5, 2]);
      expect(() => gatherRows(table, tensor1d([0, 7], 'int32'))).toThrow(/ids\[1\]/);
    });
  });

  it('runs without threads, in the memory of the backend', async () => {
    await loadEngine('wasm');
    expect(await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false);
    expect(engine().backendName).toBe('wasm');
  });

  it('has exp and log1p as exact as float32 allows', async () => {
    await loadEngine('wasm');
    const x = Float32Array.from({ length: 20001 }, (_, i) => (i - 10000) / 120);
    tidy(() => {
      const y = softplus(tensor1d(x.slice())).dataSync();
      const dy = grad((v: Tensor) => sum(softplus(v)))(tensor1d(x.slice())).dataSync();
      let [worst, worstGradient] = [0, 0];
      x.forEach((value, i) => {
        const exact = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
        const sigmoid = 1 / (1 + Math.exp(-value));
        worst = Math.max(worst, Math.abs(y[i]! - exact) / exact);
        worstGradient = Math.max(worstGradient, Math.abs(dy[i]! - sigmoid) / sigmoid);
      });
      expect(worst).toBeLessThan(3e-7);
      expect(worstGradient).toBeLessThan(3e-7);
    });
  });

  it('keeps NaN and infinities', async () => {
    await loadEngine('wasm');
    tidy(() => {
      const values = tensor1d([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.NaN]);
      expect([...softplus(values).dataSync()]).toEqual([
        Number.NaN,
        Number.POSITIVE_INFINITY,
        0,
        Math.fround(Math.LN2),
        Number.NaN,
      ]);
      expect([...leakyRelu(values, 0.5).dataSync()]).toEqual([
        Number.NaN,
        Number.POSITIVE_INFINITY,
        Number.NEGATIVE_INFINITY,
        0,
        Number.NaN,
      ]);
    });
  });
});

describe('patchNodeUtil', () => {
  it('puts back what Node.js 23 removed, and silences what it warns of', () => {
    const util = process.getBuiltinModule('node:util') as unknown as Record<string, unknown>;
    const { isNullOrUndefined, isArray } = util;
    try {
      util.isNullOrUndefined = undefined;
      patchNodeUtil();
      expect((util.isNullOrUndefined as (value: unknown) => boolean)(null)).toBe(true);
      expect(util.isArray).toBe(Array.isArray);
    } finally {
      Object.assign(util, { isNullOrUndefined, isArray });
    }
  });
});
