import { add, clone, grad, memory, mul, square, sum, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { detach } from '../../src/index.ts';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { floats } from '../support/numbers.ts';

describeOnEveryEngine('detach', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each(['original first', 'copy first'])('frees the memory when both are disposed, %s', (order) => {
    const counts = () => {
      const { numTensors, numBytes, numDataBuffers } = memory();
      return { numTensors, numBytes, numDataBuffers };
    };
    const before = counts();
    const x = tensor1d(floats(5, 1));
    const copy = detach(x);
    expect(counts().numDataBuffers).toBe(before.numDataBuffers + 1);
    const [first, last] = order === 'original first' ? [x, copy] : [copy, x];
    first.dispose();
    expect(last.dataSync()).toEqual(floats(5, 1));
    last.dispose();
    expect(counts()).toEqual(before);
  });

  it('lets no gradient through', () => {
    tidy(() => {
      const x = tensor1d(floats(5, 1));
      const gradient = grad((y: Tensor) => sum(add(mul(y, 3), square(detach(y)))))(x);
      expect([...gradient.dataSync()]).toEqual([3, 3, 3, 3, 3]);
    });
  });

  // Uses our kernel on wasm, because TF.js's own copies there.
  it('behaves like a clone, which shares memory and outlives its original', () => {
    const x = tensor1d(floats(5, 1));
    const copy = clone(x);
    expect(copy.dataId).toBe(x.dataId);
    x.dispose();
    expect(copy.dataSync()).toEqual(floats(5, 1));
    copy.dispose();
  });
});
