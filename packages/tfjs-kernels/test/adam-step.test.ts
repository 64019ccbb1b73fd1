import {
  clone,
  fused,
  memory,
  reshape,
  slice,
  tensor1d,
  tensor2d,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { activate, describeOnEveryEngine } from './support/engines.ts';
import { expectClose, floats } from './support/numbers.ts';
import { adamStep, detach } from './support/package.ts';

const settings = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function variableOf(values: Float32Array): Variable {
  const initial = tensor1d(values.slice());
  const result = variable(initial);
  initial.dispose();
  return result;
}

function update(parameter: Variable, moments: [Variable, Variable], values: Float32Array, step: number): void {
  const gradient = tensor1d(values);
  adamStep({ parameter, gradient, firstMoment: moments[0], secondMoment: moments[1], ...settings, step });
  gradient.dispose();
}

describeOnEveryEngine('adamStep', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each([1, 3, 5, 63, 65])('follows Adam over five steps of %i parameters', (size) => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const start = floats(size, 1);
    const parameter = variableOf(start);
    const moments: [Variable, Variable] = [variableOf(new Float32Array(size)), variableOf(new Float32Array(size))];
    const [p, m, v] = [Float64Array.from(start), new Float64Array(size), new Float64Array(size)];
    const before = memory();
    for (let step = 1; step <= 5; step++) {
      const g = floats(size, 10 + step);
      update(parameter, moments, g, step);
      for (let i = 0; i < size; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
        p[i]! -=
          ((learningRate / (1 - beta1 ** step)) * m[i]!) / (Math.sqrt(v[i]!) / Math.sqrt(1 - beta2 ** step) + epsilon);
      }
    }
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
    expectClose(parameter.dataSync(), p, 1e-6);
    expectClose(moments[0].dataSync(), m, 1e-6);
    expectClose(moments[1].dataSync(), v, 1e-6);
    for (const each of [parameter, ...moments]) each.dispose();
  });

  it('does not change what shares memory with the parameter', () => {
    const start = floats(7, 1);
    const initial = tensor1d(start);
    const parameter = variable(initial);
    const moments: [Variable, Variable] = [variableOf(new Float32Array(7)), variableOf(new Float32Array(7))];
    const copies = [initial, clone(parameter), detach(parameter), reshape(parameter, [7, 1]), slice(parameter, 0, 7)];
    update(parameter, moments, floats(7, 2), 1);
    for (const copy of copies) expect(copy.dataSync()).toEqual(start);
    expect(start).toEqual(floats(7, 1));
    expect(parameter.dataSync()).not.toEqual(start);
    // Once it has memory of its own again, a later view must not change with it either.
    const [second, view] = [parameter.dataSync(), slice(parameter, 0, 7)];
    update(parameter, moments, floats(7, 3), 2);
    expect(view.dataSync()).toEqual(second);
    for (const each of [parameter, ...moments, ...copies, view]) each.dispose();
  });

  it('is seen by kernels that had packed the old weights', () => {
    const initial = tensor2d(floats(8 * 8, 1), [8, 8]);
    const parameter = variable(initial);
    initial.dispose();
    const [first, second] = [
      variable(tensor2d(new Float32Array(64), [8, 8])),
      variable(tensor2d(new Float32Array(64), [8, 8])),
    ];
    const identity = tensor2d(
      Float32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
      [8, 8],
    );
    const gradient = tensor2d(floats(64, 3), [8, 8]);
    for (let step = 1; step <= 3; step++) {
      const product = fused.matMul({ a: identity, b: parameter });
      expect(product.dataSync()).toEqual(parameter.dataSync());
      product.dispose();
      adamStep({ parameter: parameter, gradient, firstMoment: first, secondMoment: second, ...settings, step });
    }
    for (const each of [parameter, first, second, identity, gradient]) each.dispose();
  });

  it('refuses a step below 1', () => {
    const [p, m, v] = [variableOf(floats(1, 1)), variableOf(floats(1, 1)), variableOf(floats(1, 1))];
    expect(() => update(p, [m, v], floats(1, 1), 0)).toThrow(
      expect.objectContaining({ code: 'kernels/invalid-argument' }),
    );
    for (const each of [p, m, v]) each.dispose();
  });
});
