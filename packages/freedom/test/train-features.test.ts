import { sampleData } from '@balanced-rec/backbone-testkit';
import { createSampler, objectiveOf, RandomStreams, rankingTables, train } from '@balanced-rec/ckd-core';
import { onEachEngine } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { freedom } from '../src/index.js';

/** The features and their projection, before and after two epochs. */
async function trained(options: { trainFeatures?: boolean }) {
  const data = sampleData(['image', 'text']);
  const random = new RandomStreams(3);
  const backbone = freedom.create({ data, config: { embeddingDim: 4, neighbours: 4, ...options }, random });
  const valuesOf = (name: string) => backbone.parameters.get(name).dataSync<'float32'>().slice();
  const before = valuesOf('projection.text.kernel');
  await train({
    objective: objectiveOf(backbone),
    sampler: createSampler('mmrec', { data, batchSize: 32, random: random.stream('sampling') }),
    random,
    protocol: { learningRate: 0.01, evaluateEvery: 1, patience: 2, maxEpochs: 2 },
    validate: () => ({ score: rankingTables(backbone).users[0]!, metrics: {} }),
  });
  const result = {
    initial: data.features.text!.values,
    features: valuesOf('features.text'),
    kernels: [before, valuesOf('projection.text.kernel')],
  };
  backbone.dispose();
  return result;
}

onEachEngine('FREEDOM in training', () => {
  test('trains features by default', async () => {
    const { initial, features } = await trained({});
    expect(features).not.toEqual(initial);
  });

  test('leaves features unchanged on request, but not their projection', async () => {
    const { initial, features, kernels } = await trained({ trainFeatures: false });
    expect(features).toEqual(initial);
    expect(kernels[1]).not.toEqual(kernels[0]);
  });
});
