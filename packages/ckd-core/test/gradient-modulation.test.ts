import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { type Backbone, only, ParameterSet } from '../src/backbone.js';
import { lossGradients, modulationSchema, objectiveOf, type RowGradient, rankingTables } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { modulated, modulatedBatch, modulatedStep, modulateOne, numbersOf } from './support/modulated.js';
import { naiveMargins } from './support/naive-margins.js';
import { naiveModulation } from './support/naive-modulation.js';
import { expectClose } from './support/numbers.js';
import { makeSmall } from './support/small-backbone.js';
import { thrownBy } from './support/thrown-by.js';

/** The batch's scores and scales in double precision, from the whole tables of each modality's own view. */
function naive(backbone: Backbone, alpha: number) {
  const { modalities } = backbone;
  const margins = modalities.map((m) => [
    m,
    naiveMargins(rankingTables(backbone, only(modalities, m)), modulatedBatch),
  ]);
  return naiveModulation(Object.fromEntries(margins), alpha);
}

function plainGradients(backbone: Backbone): Record<string, number[]> {
  return tf.tidy(() => {
    const { gradients } = lossGradients(objectiveOf(backbone), modulatedBatch);
    return Object.fromEntries([...gradients].map(([name, found]) => [name, numbersOf(found)]));
  });
}

const modalitySets = [
  ['image', 'text'],
  ['video', 'audio', 'smell'],
];

onEachEngine('gradient modulation', () => {
  test.each(modalitySets.map((m) => [m]))('over %j scales as defined', (modalities) => {
    const backbone = makeSmall(modalities, 3);
    for (const alpha of [0.1, 0.5, 2]) {
      const { scores, scales } = naive(backbone, alpha);
      const { gradients, measures } = modulatedStep(backbone, { alpha, noise: false });
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

  test('slows the dominant modality down and leaves all other parameters unchanged', () => {
    const backbone = makeSmall();
    const { scores } = naive(backbone, 0.5);
    const [weak, strong] = ['image', 'text'].sort((a, b) => scores[a]! - scores[b]!);
    const { gradients, measures } = modulatedStep(backbone, { noise: false });
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
      const [found, plain] = [modulated(backbone), objectiveOf(backbone)].map((each) =>
        lossGradients(each, modulatedBatch),
      );
      expect(found!.total.dataSync()[0]).toBe(plain!.total.dataSync()[0]);
      expect(Object.keys(found!.terms)).toEqual(Object.keys(plain!.terms));
    });
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

  test('leaves no tensor behind after a step', () => {
    const backbone = makeSmall();
    modulatedStep(backbone, {});
    const before = tf.memory().numTensors;
    modulatedStep(backbone, {});
    expect(tf.memory().numTensors).toBe(before);
    backbone.dispose();
  });

  test('refuses invalid options', () => {
    const backbone = makeSmall();
    expect(modulationSchema.parse({})).toEqual({ alpha: 0.5, noise: true });
    for (const alpha of [0, -1]) {
      const { details } = thrownBy(() => modulated(backbone, { alpha }), 'config/invalid');
      expect(details.place).toContain('alpha');
    }
    backbone.dispose();
  });

  test('refuses a single modality', () => {
    const backbone = makeSmall(['text']);
    const { details } = thrownBy(() => modulated(backbone), 'modulation/one-modality');
    expect(details).toMatchObject({ found: 'text', expected: 'at least two modalities' });
    expect(details.remedy).toBeTruthy();
    backbone.dispose();
  });

  /** A backbone with the given modalities and parameter names that computes nothing. */
  const named = (modalities: string[], names: readonly string[]): Backbone => {
    const parameters = new ParameterSet();
    for (const name of names) parameters.add(name, tf.zeros([2]));
    return { ...makeSmall(), modalities, parameters };
  };

  test('refuses a modality without trained parameters, by name', () => {
    const backbone = named(['image', 'text'], ['user.id', 'projection.image.kernel', 'context.kernel']);
    const { details } = thrownBy(() => modulated(backbone), 'modulation/no-parameters');
    expect(details.message).toContain('text');
    expect(details.found).toBe('user.id, projection.image.kernel, context.kernel');
    expect(details.remedy).toBeTruthy();
  });

  test("accepts a modality name that contains dots and another modality's name", () => {
    const backbone = named(['clip', 'clip.v2'], ['kernel.clip', 'kernel.clip.v2', 'clipped']);
    tf.tidy(() => {
      const gradients = new Map(backbone.parameters.names.map((name) => [name, tf.ones([2])]));
      const measures = { 'scale.clip': tf.scalar(0.5), 'scale.clip.v2': tf.scalar(0.25) };
      const found = modulated(backbone, { noise: false }).modulate!(gradients, { terms: {}, measures });
      expect([...found.values()].map((gradient) => numbersOf(gradient)[0])).toEqual([0.5, 0.25, 1]);
    });
  });
});
