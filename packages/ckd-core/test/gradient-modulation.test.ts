import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  type Backbone,
  createSampler,
  embeddingTables,
  type Gradient,
  lossGradients,
  type ModulationOverrides,
  modulateGradients,
  modulationSchema,
  objectiveOf,
  only,
  ParameterSet,
  RandomGenerator,
  RandomStreams,
  type RowGradient,
  train,
} from '../src/index.js';
import { smallBatch, smallData } from './support/data.js';
import { onEachEngine } from './support/engines.js';
import { naiveMargins } from './support/naive-margins.js';
import { naiveModulation } from './support/naive-modulation.js';
import { expectClose } from './support/numbers.js';
import { makeSmall } from './support/small-backbone.js';
import { thrownBy } from './support/thrown-by.js';

const batch = smallBatch();
const data = smallData();
const seeded = () => new RandomGenerator([1, 2, 3, 4]);

const modulated = (backbone: Backbone, options: ModulationOverrides = {}, random = seeded()) =>
  modulateGradients(backbone, data, random, options);

/** The scores and scales of the batch in double precision, from the whole tables of each modality's own view. */
function naive(backbone: Backbone, alpha: number) {
  const { modalities } = backbone;
  const margins = modalities.map((m) => [m, naiveMargins(embeddingTables(backbone, only(modalities, m)), batch)]);
  return naiveModulation(Object.fromEntries(margins), alpha);
}

const numbersOf = (gradient: Gradient) => [...(gradient instanceof tf.Tensor ? gradient : gradient.rows).dataSync()];

/** The gradients of the batch as the optimizer would see them, and what was measured. */
function ours(backbone: Backbone, options: ModulationOverrides, random = seeded()) {
  return tf.tidy(() => {
    const objective = modulated(backbone, options, random);
    const { gradients, ...step } = lossGradients(objective, batch);
    const numbers = [...objective.modulate!(gradients, step)].map(([name, found]) => [name, numbersOf(found)] as const);
    const measures = Object.entries(step.measures!).map(([name, value]) => [name, value.dataSync()[0]!] as const);
    return { gradients: Object.fromEntries(numbers), measures: Object.fromEntries(measures) };
  });
}

function plainGradients(backbone: Backbone): Record<string, number[]> {
  return tf.tidy(() => {
    const { gradients } = lossGradients(objectiveOf(backbone), batch);
    return Object.fromEntries([...gradients].map(([name, found]) => [name, numbersOf(found)]));
  });
}

/** Modulates one gradient of `kernel.image`, where image is scaled by a half and text not at all. */
function modulateOne<T extends Gradient>(gradient: T, options: ModulationOverrides = {}, random = seeded()): T {
  const backbone = makeSmall();
  const measures = { 'scale.image': tf.scalar(0.5), 'scale.text': tf.scalar(1) };
  const gradients = modulated(backbone, options, random).modulate!(new Map([['kernel.image', gradient]]), {
    terms: {},
    measures,
  });
  backbone.dispose();
  return gradients.get('kernel.image') as T;
}

const modalitySets = [
  ['image', 'text'],
  ['video', 'audio', 'smell'],
];

onEachEngine('gradient modulation', () => {
  test.each(modalitySets.map((m) => [m]))('over %j scales by what the definition says', (modalities) => {
    const backbone = makeSmall(modalities, 3);
    for (const alpha of [0.1, 0.5, 2]) {
      const { scores, scales } = naive(backbone, alpha);
      const { gradients, measures } = ours(backbone, { alpha, noise: false });
      expect(Object.keys(measures)).toEqual(
        ['score', 'scale'].flatMap((kind) => modalities.map((m) => `${kind}.${m}`)),
      );
      const plain = plainGradients(backbone);
      expect(Object.keys(gradients)).toEqual(Object.keys(plain));
      for (const m of modalities) {
        expectClose([measures[`score.${m}`]!], [scores[m]!], 1e-6);
        expectClose([measures[`scale.${m}`]!], [scales[m]!], 1e-6);
        for (const name of [`user.${m}`, `kernel.${m}`]) {
          const expected = plain[name]!.map((x) => scales[m]! * x);
          expectClose(gradients[name]!, expected, 1e-5);
        }
      }
    }
    backbone.dispose();
  });

  test('holds the dominant modality back, and leaves the others and what is no modality’s as they are', () => {
    const backbone = makeSmall();
    const { scores } = naive(backbone, 0.5);
    const [weak, strong] = ['image', 'text'].sort((a, b) => scores[a]! - scores[b]!);
    const { gradients, measures } = ours(backbone, { noise: false });
    const plain = plainGradients(backbone);
    for (const name of ['user.id', 'item.id', `user.${weak}`, `kernel.${weak}`]) {
      expect(gradients[name]!, name).toEqual(plain[name]!);
    }
    expect(measures[`scale.${weak}`]).toBe(1);
    expect(measures[`scale.${strong}`]).toBeLessThan(1);
    const size = (values: readonly number[]) => Math.hypot(...values);
    expect(size(gradients[`kernel.${strong}`]!)).toBeLessThan(size(plain[`kernel.${strong}`]!));
    backbone.dispose();
  });

  test('does not change the loss', () => {
    const backbone = makeSmall();
    tf.tidy(() => {
      const [found, plain] = [modulated(backbone), objectiveOf(backbone)].map((each) => lossGradients(each, batch));
      expect(found!.total.dataSync()[0]).toBe(plain!.total.dataSync()[0]);
      expect(Object.keys(found!.terms)).toEqual(Object.keys(plain!.terms));
    });
    backbone.dispose();
  });

  test('the noise has mean zero and the standard deviation of the gradient before it was scaled', () => {
    tf.tidy(() => {
      const draw = new RandomGenerator([5, 6, 7, 8]);
      const values = Array.from({ length: 40_000 }, () => 3 + 2 * draw.normal());
      const found = modulateOne(tf.tensor2d(values, [10_000, 4])).dataSync();
      const noise = values.map((value, k) => found[k]! - value / 2);
      const mean = noise.reduce((sum, x) => sum + x) / noise.length;
      const deviation = Math.sqrt(noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noise.length);
      // Four standard errors.
      expect(Math.abs(mean)).toBeLessThan((4 * 2) / Math.sqrt(noise.length));
      expect(Math.abs(deviation - 2)).toBeLessThan((4 * 2) / Math.sqrt(2 * noise.length));
    });
  });

  test('the noise is the draws of the given generator, in the order of the values', () => {
    tf.tidy(() => {
      const values = [1, 2, 4, -8, 0, 3];
      const mean = values.reduce((sum, x) => sum + x) / values.length;
      const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
      const draws = seeded();
      const expected = values.map((value) => value / 2 + deviation * draws.normal());
      const random = seeded();
      expectClose(modulateOne(tf.tensor2d(values, [3, 2]), {}, random).dataSync(), expected, 1e-6);
      expect(random.state).toEqual(draws.state);
    });
  });

  test('the same generator gives the same gradients, another gives others', () => {
    const backbone = makeSmall();
    expect(ours(backbone, {})).toEqual(ours(backbone, {}));
    const [one, other] = [seeded(), new RandomGenerator([9, 9, 9, 9])].map((random) => ours(backbone, {}, random));
    for (const m of backbone.modalities) {
      expect(one!.gradients[`kernel.${m}`]!).not.toEqual(other!.gradients[`kernel.${m}`]);
    }
    backbone.dispose();
  });

  test('no noise comes over tables with a row per user or item, nor over what is no modality’s', () => {
    const backbone = makeSmall();
    const [noisy, silent] = [ours(backbone, {}), ours(backbone, { noise: false })];
    for (const name of ['user.id', 'item.id', 'user.image', 'user.text']) {
      expect(noisy.gradients[name]!, name).toEqual(silent.gradients[name]!);
    }
    for (const name of ['kernel.image', 'kernel.text']) {
      expect(noisy.gradients[name]!, name).not.toEqual(silent.gradients[name]!);
    }
    backbone.dispose();
    tf.tidy(() => {
      const ofItems = tf.ones([data.itemCount, 2]);
      expect(numbersOf(modulateOne(ofItems))).toEqual(new Array(ofItems.size).fill(0.5));
    });
  });

  test('without noise nothing is drawn', () => {
    const backbone = makeSmall();
    const random = seeded();
    ours(backbone, { noise: false }, random);
    expect(random.state).toEqual(seeded().state);
    backbone.dispose();
  });

  test('scales the gradient of rows of a table, without noise', () => {
    tf.tidy(() => {
      const ids = Int32Array.of(4, 2);
      const gradient: RowGradient = { ids, rows: tf.tensor2d([1, -2, 3, 5], [2, 2]) };
      const found = modulateOne(gradient);
      expect(found.ids).toEqual(ids);
      expect(numbersOf(found)).toEqual([0.5, -1, 1.5, 2.5]);
    });
  });

  test('a step leaves no tensor', () => {
    const backbone = makeSmall();
    ours(backbone, {});
    const before = tf.memory().numTensors;
    ours(backbone, {});
    expect(tf.memory().numTensors).toBe(before);
    backbone.dispose();
  });

  /** One step over all interactions, and how the parameters changed. */
  async function trained(options: ModulationOverrides, epochs = 1) {
    const backbone = makeSmall();
    const random = new RandomStreams(1);
    const valuesOf = () =>
      new Map([...backbone.parameters.snapshot()].map(([name, { values }]) => [name, [...values]]));
    const before = valuesOf();
    const { history } = await train({
      objective: modulateGradients(backbone, data, random.stream('modulation'), options),
      sampler: createSampler('mmrec', { data, batchSize: 1000, random: random.stream('sampling') }),
      random,
      protocol: { learningRate: 0.01, evaluateEvery: epochs, patience: 1, maxEpochs: epochs },
      validate: () => ({ score: 1, metrics: {} }),
    });
    const after = valuesOf();
    const moved = new Map(
      [...before].map(([name, values]) => [name, values.some((x, k) => x !== after.get(name)![k])]),
    );
    backbone.dispose();
    return { history, moved };
  }

  test('trains, and records scores and scales of every epoch', async () => {
    const before = tf.memory().numTensors;
    const { history, moved } = await trained({}, 3);
    expect([...moved.values()]).toEqual(new Array(moved.size).fill(true));
    expect(history).toHaveLength(3);
    for (const { measures, losses } of history) {
      expect(Object.keys(losses)).toEqual(['bpr', 'regularizer']);
      expect(Object.keys(measures)).toEqual(['score.image', 'score.text', 'scale.image', 'scale.text']);
      for (const value of Object.values(measures)) expect(value > 0 && value <= 1).toBe(true);
      // Of two modalities one is ahead.
      expect([measures['scale.image'], measures['scale.text']].filter((scale) => scale === 1)).toHaveLength(1);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a trained step follows the changed gradients: one that is scaled to nothing moves nothing', async () => {
    const { history, moved } = await trained({ alpha: 1000, noise: false });
    const { measures } = history[0]!;
    for (const m of ['image', 'text']) {
      const scale = measures[`scale.${m}`];
      expect([0, 1]).toContain(scale);
      expect([moved.get(`user.${m}`), moved.get(`kernel.${m}`)]).toEqual([scale === 1, scale === 1]);
    }
    expect([...moved.values()].filter((did) => !did)).toHaveLength(2);
  });

  test('an option that makes no sense is refused', () => {
    const backbone = makeSmall();
    expect(modulationSchema.parse({})).toEqual({ alpha: 0.5, noise: true });
    for (const alpha of [0, -1]) {
      const { details } = thrownBy(() => modulated(backbone, { alpha }), 'config/invalid');
      expect(details.place).toContain('alpha');
    }
    backbone.dispose();
  });

  test('a single modality is refused', () => {
    const backbone = makeSmall(['text']);
    const { details } = thrownBy(() => modulated(backbone), 'modulation/one-modality');
    expect(details).toMatchObject({ found: 'text', expected: 'two modalities or more' });
    expect(details.remedy).toBeTruthy();
    backbone.dispose();
  });

  /** A backbone with given modalities and parameters of given names, of which nothing is computed. */
  const named = (modalities: string[], names: readonly string[]): Backbone => {
    const parameters = new ParameterSet();
    for (const name of names) parameters.add(name, tf.zeros([2]));
    return { ...makeSmall(), modalities, parameters };
  };

  test('a modality without trained parameters is refused by its name', () => {
    const backbone = named(['image', 'text'], ['user.id', 'projection.image.kernel', 'context.kernel']);
    const { details } = thrownBy(() => modulated(backbone), 'modulation/no-parameters');
    expect(details.message).toContain('text');
    expect(details.found).toBe('user.id, projection.image.kernel, context.kernel');
    expect(details.remedy).toBeTruthy();
  });

  test('a modality may have dots in its name, and another’s name in it', () => {
    const backbone = named(['clip', 'clip.v2'], ['kernel.clip', 'kernel.clip.v2', 'clipped']);
    tf.tidy(() => {
      const gradients = new Map(backbone.parameters.names.map((name) => [name, tf.ones([2])]));
      const measures = { 'scale.clip': tf.scalar(0.5), 'scale.clip.v2': tf.scalar(0.25) };
      const found = modulated(backbone, { noise: false }).modulate!(gradients, { terms: {}, measures });
      expect([...found.values()].map((gradient) => numbersOf(gradient)[0])).toEqual([0.5, 0.25, 1]);
    });
  });
});
