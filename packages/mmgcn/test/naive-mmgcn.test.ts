import { sampleBatch, sampleData } from '@balanced-rec/backbone-testkit';
import { lossGradients, objectiveOf, RandomStreams, rankingTables, wholeGradients } from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { mmgcn } from '../src/index.js';
import { NaiveMmgcn } from './naive-mmgcn.js';

const modalities = ['image', 'text'];
const views = [modalities, ['image'], ['text'], []];
const config = { embeddingDim: 3, layers: 2, leakySlope: 0.05, regWeight: 0.01, trainPreferences: true };

function make(overrides: Partial<typeof config> = {}) {
  const data = sampleData(modalities);
  const settings = { ...config, ...overrides };
  const backbone = mmgcn.create({ data, config: settings, random: new RandomStreams(3) });
  return { backbone, naive: new NaiveMmgcn(data, backbone.parameters.snapshot(), settings) };
}

function error(found: ArrayLike<number>, expected: readonly number[]): number {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((x, k) => Math.abs(found[k]! - x))) / scale;
}

describe.each(['wasm', 'cpu'] as const)('MMGCN matches the specification in double precision, on %s', (engine) => {
  beforeAll(async () => {
    await loadEngine(engine);
  });

  test.each(views.map((view) => [view]))('the tables with %j known', (observed) => {
    const { backbone, naive } = make();
    const { users, items } = rankingTables(backbone, observed);
    expect(error([...users, ...items], naive.represent(modalities, observed).flat())).toBeLessThan(1e-5);
    backbone.dispose();
  });

  // In double precision, differences can be so small that they do not cross a kink of LeakyReLU.
  test.each([[modalities], [['text']]])('the loss and every gradient with %j known', (observed) => {
    const { backbone, naive } = make();
    const batch = sampleBatch();
    const gradients: Record<string, Float32Array> = {};
    let total = 0;
    tf.tidy(() => {
      const step = lossGradients(objectiveOf(backbone, observed), batch);
      total = step.total.dataSync()[0]!;
      for (const [name, gradient] of wholeGradients(step.gradients, backbone.parameters))
        gradients[name] = gradient.dataSync<'float32'>().slice();
    });
    expect(total).toBeCloseTo(naive.loss(modalities, observed, batch), 5);
    expect(Object.keys(gradients).sort()).toEqual([...backbone.parameters.names].sort());
    for (const [name, gradient] of Object.entries(gradients)) {
      const expected = naive.parameters[name]!.flatMap((row) =>
        row.map((value, c) => {
          const at = (x: number) => {
            row[c] = x;
            return naive.loss(modalities, observed, batch);
          };
          const slope = (at(value + 1e-6) - at(value - 1e-6)) / 2e-6;
          row[c] = value;
          return slope;
        }),
      );
      expect(error(gradient, expected), name).toBeLessThan(1e-4);
    }
    backbone.dispose();
  });

  test('trains the preferences only on request, because the reference never does', () => {
    const untrained = make({ trainPreferences: false });
    const names = [...untrained.backbone.parameters.trainable.keys()];
    expect(names.filter((name) => name.startsWith('user.preference'))).toEqual([]);
    expect(untrained.backbone.parameters.names).toContain('user.preference.image');
    untrained.backbone.dispose();
    const trained = make();
    expect([...trained.backbone.parameters.trainable.keys()]).toContain('user.preference.image');
    trained.backbone.dispose();
  });
});
