import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  type Backbone,
  createSampler,
  type ModulationOverrides,
  modulateGradients,
  RandomStreams,
  type TrainingCheckpoints,
  type TrainingState,
  train,
} from '../src/index.js';
import { smallData } from './support/data.js';
import { onEachEngine } from './support/engines.js';
import { makeSmall } from './support/small-backbone.js';

const data = smallData();

onEachEngine('training with gradient modulation', () => {
  /** Takes one step over all interactions and returns how the parameters changed. */
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

  test('trains and records scores and scales in every epoch', async () => {
    const before = tf.memory().numTensors;
    const { history, moved } = await trained({}, 3);
    expect([...moved.values()]).toEqual(new Array(moved.size).fill(true));
    expect(history).toHaveLength(3);
    for (const { measures, losses } of history) {
      expect(Object.keys(losses)).toEqual(['bpr', 'regularizer']);
      expect(Object.keys(measures)).toEqual(['score.image', 'score.text', 'scale.image', 'scale.text']);
      for (const value of Object.values(measures)) expect(value > 0 && value <= 1).toBe(true);
      // One of the two modalities is ahead.
      expect([measures['scale.image'], measures['scale.text']].filter((scale) => scale === 1)).toHaveLength(1);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('resumes after an interruption as if there had been none, including the noise', async () => {
    const whole = makeSmall();
    const resumed = makeSmall();
    let saved: TrainingState | undefined;
    const run = (backbone: Backbone, checkpoints: TrainingCheckpoints) => {
      const random = new RandomStreams(1);
      return train({
        objective: modulateGradients(backbone, data, random.stream('modulation')),
        sampler: createSampler('mmrec', { data, batchSize: 32, random: random.stream('sampling') }),
        random,
        protocol: { learningRate: 0.01, evaluateEvery: 2, patience: 9, maxEpochs: 4 },
        validate: () => ({ score: 1, metrics: {} }),
        checkpoints,
      });
    };
    const offer = async (state: () => TrainingState) => {
      // Copied because a state's values belong to the engine.
      saved ??= structuredClone(state());
    };
    const first = await run(whole, { load: async () => undefined, offer });
    expect(saved!.progress.history).toHaveLength(1);
    const second = await run(resumed, { load: async () => saved, offer });
    expect(second.history).toEqual(first.history);
    expect(resumed.parameters.snapshot()).toEqual(whole.parameters.snapshot());
    whole.dispose();
    resumed.dispose();
  });

  test('applies the changed gradients: a gradient scaled to zero moves nothing', async () => {
    const { history, moved } = await trained({ alpha: 1000, noise: false });
    const { measures } = history[0]!;
    for (const m of ['image', 'text']) {
      const scale = measures[`scale.${m}`];
      expect([0, 1]).toContain(scale);
      expect([moved.get(`user.${m}`), moved.get(`kernel.${m}`)]).toEqual([scale === 1, scale === 1]);
    }
    expect([...moved.values()].filter((did) => !did)).toHaveLength(2);
  });
});
