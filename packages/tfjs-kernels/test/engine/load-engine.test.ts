import { getBackend, getKernel, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { type EngineName, leakyRelu, loadEngine, segmentSoftmax } from '../../src/index.ts';
import { floats, pattern } from '../support/numbers.ts';

describe('loadEngine', () => {
  it('uses the best engine that loads and says why', async () => {
    const loaded = await loadEngine('auto');
    const order = ['gpu', 'native', 'wasm', 'cpu'];
    expect(loaded.unavailable.map(({ name }) => name)).toEqual(order.slice(0, order.indexOf(loaded.name)));
    expect(loaded.reason).toMatch(/first of/);
    expect(loaded.backend).toBe(getBackend());
  });

  it('refuses an unknown engine and suggests the nearest name', async () => {
    await expect(loadEngine('wsam' as EngineName)).rejects.toMatchObject({
      code: 'engine/unknown',
      details: { remedy: "did you mean 'wasm'?" },
    });
  });

  it('switches back and forth silently, keeping tensors', async () => {
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

  it('throws a clear error for an operation before any engine is loaded', async () => {
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
