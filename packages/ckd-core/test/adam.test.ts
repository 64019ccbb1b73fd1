import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ParameterSet, RandomGenerator } from '../src/backbone.js';
import { Adam } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { expectClose } from './support/numbers.js';

/** Adam from the paper's definition, in double precision: one parameter's values after each gradient; undefined means no gradient. */
function reference(
  initial: readonly number[],
  gradients: readonly (readonly number[] | undefined)[],
  { learningRate = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 },
): number[][] {
  const values = [...initial];
  const [first, second] = [values.map(() => 0), values.map(() => 0)];
  let t = 0;
  return gradients.map((gradient) => {
    // Nothing moves before the first gradient. After that, a missing gradient counts as zero.
    if (!gradient && t === 0) return [...values];
    t += 1;
    for (const k of values.keys()) {
      const g = gradient?.[k] ?? 0;
      first[k] = beta1 * first[k]! + (1 - beta1) * g;
      second[k] = beta2 * second[k]! + (1 - beta2) * g * g;
      const mHat = first[k]! / (1 - beta1 ** t);
      const vHat = second[k]! / (1 - beta2 ** t);
      values[k]! -= (learningRate * mHat) / (Math.sqrt(vHat) + epsilon);
    }
    return [...values];
  });
}

const steps = 60;
const random = new RandomGenerator([1, 2, 3, 4]);
const draw = (count: number, scale: number) => Array.from({ length: count }, () => scale * random.normal());

/** Name, size and gradient scale of each parameter; the last two have no gradient in some steps. */
const cases: { name: string; gradients: (number[] | undefined)[] }[] = [
  { name: 'ordinary', gradients: Array.from({ length: steps }, () => draw(7, 0.1)) },
  { name: 'tiny', gradients: Array.from({ length: steps }, () => draw(5, 1e-9)) },
  { name: 'huge', gradients: Array.from({ length: steps }, () => draw(5, 1e6)) },
  { name: 'late', gradients: Array.from({ length: steps }, (_, k) => (k < 10 ? undefined : draw(3, 1))) },
  { name: 'sometimes', gradients: Array.from({ length: steps }, (_, k) => (k % 3 === 1 ? draw(3, 1) : undefined)) },
];

onEachEngine('Adam', () => {
  test.each([
    ['the defaults', {}],
    ['other constants', { beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }],
  ])(
    'follows the paper for %i steps with %s, including missing gradients'.replace('%i', String(steps)),
    (_, constants) => {
      const before = tf.memory().numTensors;
      const parameters = new ParameterSet();
      const initial = cases.map(({ gradients }) => gradients.find((g) => g)!.map((g) => Math.fround(Math.sign(g))));
      for (const [k, { name }] of cases.entries()) parameters.add(name, tf.tensor1d(initial[k]!));
      const adam = new Adam(parameters, { learningRate: 0.01, ...constants });
      const expected = cases.map(({ gradients }, k) => reference(initial[k]!, gradients, { ...constants }));
      for (let step = 0; step < steps; step++) {
        tf.tidy(() => {
          const given = cases.filter(({ gradients }) => gradients[step]);
          adam.step(new Map(given.map(({ name, gradients }) => [name, tf.tensor1d(gradients[step]!)])));
        });
        for (const [k, { name }] of cases.entries()) {
          expectClose(parameters.get(name).dataSync(), expected[k]![step]!, 2e-6);
        }
      }
      // All have certainly moved, except the tiny one with a large epsilon.
      expect(parameters.get('late').dataSync()[0]).not.toBe(initial[3]![0]);
      adam.dispose();
      parameters.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('leaves frozen parameters alone and applies a changed learning rate', () => {
    const parameters = new ParameterSet();
    parameters.add('moving', tf.tensor1d([1]));
    parameters.add('fixed', tf.tensor1d([1]), { trainable: false });
    const adam = new Adam(parameters, { learningRate: 0.25 });
    const step = () => tf.tidy(() => adam.step(new Map(['moving', 'fixed'].map((name) => [name, tf.tensor1d([3])]))));
    step();
    expect(parameters.get('fixed').dataSync()[0]).toBe(1);
    // The size of the first step is the learning rate, whatever the gradient.
    expect(parameters.get('moving').dataSync()[0]).toBeCloseTo(0.75, 6);
    adam.learningRate = 0;
    step();
    expect(parameters.get('moving').dataSync()[0]).toBeCloseTo(0.75, 6);
    adam.dispose();
    parameters.dispose();
  });
});
