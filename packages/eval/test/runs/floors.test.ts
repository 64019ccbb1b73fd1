import {
  type BackboneDefinition,
  fit,
  lossGradients,
  objectiveOf,
  protocols,
  RandomStreams,
} from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { loadBackbone, matrixFactorization, popularity } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { evaluateBackbone, inEvaluationScope, rankItems } from '../../src/index.js';

let dataset: Dataset;

/** The same interactions with the features of other items. */
let otherFeatures: Dataset;

beforeAll(async () => {
  dataset = await readDataset(await tinyDataset(await scratchFolder()));
  const reversed = Object.entries(dataset.features).map(([modality, features]) => {
    return [modality, { ...features, values: features.values.slice().reverse() }] as const;
  });
  otherFeatures = { ...dataset, features: Object.fromEntries(reversed) };
});

const make = (definition: BackboneDefinition, data = dataset, seed = 1) =>
  definition.create({ data, random: new RandomStreams(seed) });

/** The scores of all users and items under the view of all modalities, or of one. */
function scoresOf(backbone: ReturnType<typeof make>, observed = backbone.modalities): number[] {
  return inEvaluationScope((scope) => {
    const view = backbone.represent(observed, scope);
    return [...tf.matMul(view.users(), view.items(), false, true).dataSync()];
  });
}

const itemsOf = (user: number) =>
  dataset.train.items.subarray(dataset.train.offsets[user], dataset.train.offsets[user + 1]);

describe.each(['wasm', 'cpu'] as const)('floors on %s', (engine) => {
  beforeAll(async () => {
    await loadEngine(engine);
  });

  test('popularity ranks by training interactions, equal items by their index, without those of the user', () => {
    const backbone = make(popularity);
    const countOf = (item: number) => dataset.train.items.filter((other) => other === item).length;
    const counts = Array.from({ length: dataset.itemCount }, (_, item) => countOf(item));
    const ranking = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]! || a - b);
    // Otherwise ties are not seen.
    expect(new Set(counts).size).toBeLessThan(counts.length);
    const users = Int32Array.from({ length: dataset.userCount }, (_, user) => user);
    const { ids, k } = inEvaluationScope((scope) =>
      rankItems(backbone.represent(backbone.modalities, scope), dataset, users, 10),
    );
    for (const user of users) {
      const own = new Set(itemsOf(user));
      const expected = ranking.filter((item) => !own.has(item)).slice(0, k);
      expect([...ids.subarray(user * k, (user + 1) * k)]).toEqual(expected);
    }
    backbone.dispose();
  });

  test('popularity has nothing to train and keeps no tensor', () => {
    const before = tf.memory().numTensors;
    const backbone = make(popularity);
    expect(backbone.parameters.trainableCount).toBe(0);
    scoresOf(backbone);
    backbone.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([popularity, matrixFactorization])('$name knows no features and no modality', (definition) => {
    const [backbone, other] = [make(definition), make(definition, otherFeatures)];
    const scores = scoresOf(backbone);
    expect(scoresOf(other)).toEqual(scores);
    for (const m of dataset.modalities) expect(scoresOf(backbone, [m])).toEqual(scores);
    backbone.dispose();
    other.dispose();
  });

  test('bpr-mf minimises BPR and half the squares of the rows that a batch names', () => {
    const backbone = make(matrixFactorization);
    const batch = {
      users: Int32Array.of(0, 3, 3),
      positives: Int32Array.of(1, 2, 5),
      negatives: Int32Array.of(4, 5, 1),
    };
    const { config, parameters } = backbone;
    const d = config.embeddingDim as number;
    const [users, items] = ['user.id', 'item.id'].map((name) => parameters.snapshot().get(name)!.values);
    const row = (table: Float32Array, id: number) => Array.from(table.subarray(id * d, (id + 1) * d));
    const dot = (a: number[], b: number[]) => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
    const rows = Array.from(batch.users, (user, k) => ({
      u: row(users!, user),
      i: row(items!, batch.positives[k]!),
      j: row(items!, batch.negatives[k]!),
    }));
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x) / values.length;
    const bpr = mean(rows.map(({ u, i, j }) => Math.log(1 + Math.exp(dot(u, j) - dot(u, i)))));
    const squares = mean(rows.map(({ u, i, j }) => (dot(u, u) + dot(i, i) + dot(j, j)) / 2));
    tf.tidy(() => {
      const { terms, gradients } = lossGradients(objectiveOf(backbone), batch);
      expect(terms.bpr!.dataSync()[0]).toBeCloseTo(bpr, 6);
      expect(terms.regularizer!.dataSync()[0]! / ((config.regWeight as number) * squares)).toBeCloseTo(1, 4);
      expect([...gradients.keys()].sort()).toEqual(['item.id', 'user.id']);
    });
    backbone.dispose();
  });

  test('bpr-mf trains: it learns what it saw', async () => {
    const before = tf.memory().numTensors;
    const { userCount } = dataset;
    const margin = (backbone: ReturnType<typeof make>) => {
      const scores = scoresOf(backbone);
      const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
      const seen = Array.from({ length: userCount }, (_, user) =>
        Array.from(itemsOf(user), (item) => scores[user * dataset.itemCount + item]!),
      ).flat();
      return mean(seen) - mean(scores);
    };
    const untrained = make(matrixFactorization);
    const { backbone, training } = await fit({
      definition: matrixFactorization,
      data: dataset,
      config: { embeddingDim: 8 },
      seed: 1,
      protocol: { ...protocols.mmrec, batchSize: 64, maxEpochs: 20, learningRate: 0.02 },
      validate: (model) => {
        const choice = { metrics: ['recall'], cutoffs: [20] } as const;
        const { mean } = evaluateBackbone(model, model.modalities, dataset, dataset.validation, choice);
        return { score: mean['recall@20']!, metrics: mean };
      },
    });
    const losses = training.history.map(({ losses: { bpr } }) => bpr!);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2);
    expect(margin(backbone)).toBeGreaterThan(10 * Math.abs(margin(untrained)));
    untrained.dispose();
    backbone.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each([popularity, matrixFactorization])('$name is found by its name, as backbones are', async (definition) => {
  expect(await loadBackbone(definition.name)).toBe(definition);
});
