import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { RandomGenerator } from '../src/backbone.js';
import {
  counterfactualWeights,
  genericDistillation,
  specificDistillation,
} from '../src/distillation/distillation-terms.js';
import type { CounterfactualWeights } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { naiveGeneric, naiveSpecific, naiveWeights } from './support/naive-distillation.js';
import { expectClose } from './support/numbers.js';

const size = 101;

/** Normally distributed margins rounded to float32, held in double precision. */
function margins(seed: number, scale = 1): Float64Array {
  const random = new RandomGenerator([seed, 5, 6, 7]);
  return Float64Array.from({ length: size }, () => Math.fround(scale * random.normal()));
}

const tensor = (values: ArrayLike<number>) => tf.tensor1d(Float32Array.from(values));

onEachEngine('specific distillation', () => {
  test('pushes the student up to the teacher and never holds it back', () => {
    tf.tidy(() => {
      const [teacher, student] = [margins(1), margins(2)];
      const found = specificDistillation(tensor(teacher), tensor(student));
      expectClose(found.dataSync(), naiveSpecific(teacher, student), 1e-6);
      const pushes = tf.grad((x) => tf.sum(specificDistillation(tensor(teacher), x as tf.Tensor1D)))(tensor(student));
      const lacking = [...teacher].map((t, k) => t > student[k]!);
      expect([...pushes.dataSync()].map((push) => push === -1)).toEqual(lacking);
      expect([...pushes.dataSync()].filter((push) => push !== -1 && push !== 0)).toEqual([]);
    });
  });
});

onEachEngine('generic distillation', () => {
  // Where the sigmoid saturates, 1 - q loses most of its precision in float32, hence the tolerance.
  test.each([
    [1, 1],
    [0.1, 1],
    [0.1, 30],
    [5, 0.01],
  ])('matches the definition at temperature %d with margins of size %d', (temperature, scale) => {
    tf.tidy(() => {
      const [teacher, student] = [margins(3, scale), margins(4, scale)];
      const found = genericDistillation(tensor(teacher), tensor(student), temperature);
      expect(found.shape).toEqual([]);
      expectClose(found.dataSync(), [naiveGeneric(teacher, student, temperature)], 2e-4);
    });
  });

  test('pulls the student towards the teacher, by (q - t) / temperature on average', () => {
    tf.tidy(() => {
      const [teacher, student] = [margins(5), margins(6)];
      const pulls = tf.grad((x) => genericDistillation(tensor(teacher), x as tf.Tensor1D, 0.5))(tensor(student));
      const sigmoid = (x: number) => 1 / (1 + Math.exp(-x / 0.5));
      const expected = [...teacher].map((t, k) => (sigmoid(student[k]!) - sigmoid(t)) / (0.5 * size));
      expectClose(pulls.dataSync(), expected, 1e-4);
    });
  });
});

onEachEngine('counterfactual weights', () => {
  /** Margins of the same triples for each modality, as numbers. */
  function weigh(joint: ArrayLike<number>, only: Record<string, ArrayLike<number>>, without: typeof only) {
    return tf.tidy(() => {
      const tensors = (byModality: typeof only) =>
        Object.fromEntries(Object.entries(byModality).map(([m, values]) => [m, tensor(values)]));
      return numbersOf(counterfactualWeights({ joint: tensor(joint), only: tensors(only), without: tensors(without) }));
    });
  }

  function numbersOf({ coefficients, weights }: CounterfactualWeights) {
    const numbers = (tensors: Readonly<Record<string, tf.Tensor1D>>) =>
      Object.fromEntries(Object.entries(tensors).map(([m, x]) => [m, [...x.dataSync()]]));
    return { coefficients: numbers(coefficients), weights: numbers(weights) };
  }

  test.each([[['image', 'text']], [['video', 'audio', 'smell']], [['a', 'b', 'c', 'd', 'e']]])(
    'of %j match the definition and add up to the number of modalities',
    (modalities) => {
      const joint = margins(7);
      const only = Object.fromEntries(modalities.map((m, k) => [m, margins(10 + k)]));
      const without = Object.fromEntries(modalities.map((m, k) => [m, margins(20 + k)]));
      const { coefficients, weights } = weigh(joint, only, without);
      const expected = [...joint].map((j, k) => {
        const at = (byModality: Record<string, Float64Array>) =>
          Object.fromEntries(modalities.map((m) => [m, byModality[m]![k]!]));
        return naiveWeights(j, at(only), at(without));
      });
      for (const m of modalities) {
        expectClose(
          coefficients[m]!,
          expected.map((e) => e.coefficients[m]!),
          1e-5,
        );
        expectClose(
          weights[m]!,
          expected.map((e) => e.weights[m]!),
          1e-5,
        );
        for (const weight of weights[m]!) {
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(modalities.length / (modalities.length - 1) + 1e-6);
        }
        for (const c of coefficients[m]!) {
          expect(c).toBeGreaterThanOrEqual(Math.fround(1e-8));
          expect(c).toBeLessThanOrEqual(10);
        }
      }
      for (let k = 0; k < size; k++) {
        expect(modalities.reduce((sum, m) => sum + weights[m]![k]!, 0)).toBeCloseTo(modalities.length, 5);
      }
      // The random margins reach both ends of the clipping range and the middle.
      const all = Object.values(coefficients).flat();
      expect(all).toContain(10);
      expect(all).toContain(Math.fround(1e-8));
      expect(all.some((c) => c > 0.1 && c < 9)).toBe(true);
    },
  );

  test("of two modalities are the reference's 1 - (c1 - c2) / (c1 + c2), and 2 minus that", () => {
    const { coefficients, weights } = weigh(
      margins(7),
      { text: margins(8), image: margins(9) },
      { text: margins(10), image: margins(11) },
    );
    const [text, image] = [coefficients.text!, coefficients.image!];
    const reference = text.map((c, k) => 1 - (c - image[k]!) / (c + image[k]!));
    expectClose(weights.text!, reference, 1e-6);
    expectClose(
      weights.image!,
      reference.map((w) => 2 - w),
      1e-6,
    );
  });

  test.each([
    { what: 'an ordinary effect', joint: 3, only: 2, without: 2, c: 0.5 },
    { what: 'a negative effect', joint: 1, only: 2, without: 2, c: 1e-8 },
    { what: 'a negative effect of a modality that misleads on its own', joint: 1, only: -2, without: 2, c: 0.5 },
    { what: 'an effect beyond 10', joint: 25, only: 2, without: 1, c: 10 },
    { what: 'exactly 10', joint: 21, only: 2, without: 1, c: 10 },
    { what: 'no effect', joint: 2, only: 2, without: 2, c: 1e-8 },
    { what: '0 / 0', joint: 2, only: 0, without: 2, c: 1e-8 },
    { what: 'x / 0', joint: 3, only: 0, without: 2, c: 10 },
    { what: '-x / 0', joint: 1, only: 0, without: 2, c: 1e-8 },
  ])('$what counts as $c', ({ joint, only, without, c }) => {
    // The other modality has coefficient 1.
    const { coefficients, weights } = weigh([joint], { m: [only], other: [joint + 1] }, { m: [without], other: [-1] });
    expect(coefficients.other![0]).toBeCloseTo(1, 6);
    expect(coefficients.m![0]).toBeCloseTo(c, 6);
    expect(coefficients.m![0]).toBeGreaterThan(0);
    expect(weights.m![0]).toBeCloseTo(2 * (1 - c / (c + 1)), 6);
    expect(weights.other![0]).toBeCloseTo(2 * (1 - 1 / (c + 1)), 6);
  });

  test('are equal if no modality says anything', () => {
    const { weights } = weigh([0], { a: [0], b: [0], c: [0] }, { a: [0], b: [0], c: [0] });
    for (const m of ['a', 'b', 'c']) expect(weights[m]![0]).toBeCloseTo(1, 5);
  });

  test('no gradient passes through them', () => {
    tf.tidy(() => {
      const inputs = [7, 8, 9, 10, 11].map((seed) => tensor(margins(seed)));
      const target = tensor(margins(12));
      // The gradient of sum(w x) with respect to x is w; with respect to the margins behind w it must not exist.
      const loss = (...x: tf.Tensor[]) => {
        const [joint, a, b, withoutA, withoutB, value] = x as tf.Tensor1D[];
        const { weights } = counterfactualWeights({
          joint: joint!,
          only: { a: a!, b: b! },
          without: { a: withoutA!, b: withoutB! },
        });
        const reached = tf.mul(tf.addN([joint!, a!, b!, withoutA!, withoutB!]), 0);
        return tf.sum(tf.add(tf.mul(weights.a!, value!), reached));
      };
      const gradients = tf.grads(loss)([...inputs, target]);
      for (const gradient of gradients.slice(0, 5)) expect(Math.max(...tf.abs(gradient).dataSync())).toBe(0);
      expect(Math.max(...gradients[5]!.dataSync())).toBeGreaterThan(0.5);
    });
  });
});
