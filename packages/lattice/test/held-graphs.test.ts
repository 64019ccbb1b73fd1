import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf, RandomStreams, rankingTables } from '@balanced-rec/ckd-core';
import { StepScope } from '@balanced-rec/ckd-core/backbone';
import { onEachEngine, relativeError, stepOf } from '@balanced-rec/naive';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { make, modalitySets, shift, subsets, trainingTables } from './support/subject.js';

onEachEngine('the learned graphs of LATTICE', () => {
  test.each(modalitySets.map((set) => [set]))(
    "are built in an epoch's first step and kept for the other steps (%j)",
    (modalities) => {
      const { backbone, naive } = make(modalities);
      backbone.beginEpoch!(1, new RandomStreams(1));
      const first = naive.learned();
      for (const observed of subsets(modalities)) {
        const expected = naive.represent(observed, first).flat();
        expect(relativeError(trainingTables(backbone, observed), expected), `${observed}`).toBeLessThan(1e-5);
      }
      shift(backbone, 5);
      naive.moveTo(backbone.parameters.snapshot());
      for (const observed of subsets(modalities)) {
        // The ids have changed, but the graphs and their weights have not.
        const expected = naive.represent(observed, first).flat();
        expect(relativeError(trainingTables(backbone, observed), expected), `${observed}`).toBeLessThan(1e-5);
      }
      expect(
        relativeError(naive.represent(modalities, first).flat(), naive.represent(modalities).flat()),
      ).toBeGreaterThan(1e-2);
      backbone.dispose();
    },
  );

  test('are the same for all views of the first step', () => {
    const modalities = ['video', 'audio', 'smell'];
    const { backbone, naive } = make(modalities);
    backbone.beginEpoch!(1, new RandomStreams(1));
    const scope = new StepScope('train');
    tf.tidy(() => {
      for (const observed of [['audio'], modalities, ['video', 'smell']]) {
        const items = backbone.represent(observed, scope).items().dataSync();
        expect(relativeError(items, naive.represent(observed).slice(30).flat())).toBeLessThan(1e-5);
      }
    });
    backbone.dispose();
  });

  test('are rebuilt in the first step of every epoch', () => {
    const modalities = ['image', 'text'];
    const { backbone, naive } = make(modalities);
    for (const epoch of [1, 2, 3]) {
      backbone.beginEpoch!(epoch, new RandomStreams(1));
      const expected = naive.represent(modalities).flat();
      expect(relativeError(trainingTables(backbone, modalities), expected), `epoch ${epoch}`).toBeLessThan(1e-5);
      shift(backbone, 5 + epoch);
      naive.moveTo(backbone.parameters.snapshot());
    }
    backbone.dispose();
  });

  test('are built from the current parameters in evaluation, while the epoch keeps its own', () => {
    const modalities = ['image', 'text'];
    const { backbone, naive } = make(modalities);
    const evaluated = () => {
      const { users, items } = rankingTables(backbone);
      return [...users, ...items];
    };
    backbone.beginEpoch!(1, new RandomStreams(1));
    const first = naive.learned();
    trainingTables(backbone, modalities);
    for (const seed of [5, 6]) {
      shift(backbone, seed);
      naive.moveTo(backbone.parameters.snapshot());
      expect(relativeError(evaluated(), naive.represent(modalities).flat())).toBeLessThan(1e-5);
      const training = trainingTables(backbone, modalities);
      expect(relativeError(training, naive.represent(modalities, first).flat())).toBeLessThan(1e-5);
    }
    backbone.dispose();
  });

  test('leave nothing behind over three epochs of steps and evaluations', () => {
    const before = tf.memory().numTensors;
    const { backbone } = make(['image', 'text']);
    const held: number[] = [];
    for (const epoch of [1, 2, 3]) {
      backbone.beginEpoch!(epoch, new RandomStreams(1));
      for (const seed of [1, 2, 3]) {
        stepOf(objectiveOf(backbone), sampleBatch());
        shift(backbone, seed);
        rankingTables(backbone, ['text']);
      }
      held.push(tf.memory().numTensors);
    }
    expect(held).toEqual([held[0], held[0], held[0]]);
    expect(held[0]).toBeGreaterThan(before);
    backbone.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
