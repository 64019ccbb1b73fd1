import { engine, env, gather, grad, sum, type Tensor, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gatherRows, leakyRelu, loadEngine, softplus } from '../../src/index.ts';
import { floats } from '../support/numbers.ts';

describe('the wasm engine', () => {
  it('gives tf.gather a gradient', async () => {
    await loadEngine('wasm');
    tidy(() => {
      const table = tensor2d(floats(10, 1), [5, 2]);
      const gradient = grad((x: Tensor) => sum(gather(x, tensor1d([4, 0, 4], 'int32'))))(table);
      expect([...gradient.dataSync()]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 2, 2]);
    });
  });

  it('checks ids passed as a tensor', async () => {
    await loadEngine('wasm');
    tidy(() => {
      const table = tensor2d(floats(10, 1), [5, 2]);
      expect(() => gatherRows(table, tensor1d([0, 7], 'int32'))).toThrow(/ids\[1\]/);
    });
  });

  it("runs without threads, in the backend's memory", async () => {
    await loadEngine('wasm');
    expect(await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')).toBe(false);
    expect(engine().backendName).toBe('wasm');
  });

  it('computes exp and log1p as accurately as float32 allows', async () => {
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

  it('preserves NaN and infinities', async () => {
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
