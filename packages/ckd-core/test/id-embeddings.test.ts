import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import {
  lateFusion,
  ParameterSet,
  RandomGenerator,
  regularizedBpr,
  type StepScope,
  type Triples,
} from '../src/backbone.js';
import { Adam, lossGradients, type Objective } from '../src/index.js';
import { denseEmbeddingLayer, type EmbeddingLayer, embeddingLayer } from '../src/layers/id-embeddings.js';
import { onEachEngine } from './support/engines.js';
import { expectClose } from './support/numbers.js';

const [users, items, d] = [100_000, 30, 4];

function initial(rows: number, seed: number): tf.Tensor2D {
  const random = new RandomGenerator([seed, 2, 3, 4]);
  return tf.tensor2d(
    Float32Array.from({ length: rows * d }, () => random.normal() / 10),
    [rows, d],
  );
}

/** BPR-MF on a few of many users, with either kind of table. */
function trained(table: (parameters: ParameterSet, name: string, start: tf.Tensor2D) => EmbeddingLayer, steps: number) {
  const parameters = new ParameterSet();
  const [ofUsers, ofItems] = [
    table(parameters, 'users', initial(users, 1)),
    table(parameters, 'items', initial(items, 2)),
  ];
  const view = (scope: StepScope) =>
    lateFusion(
      [{ key: 'ids', users: ofUsers.source(scope), items: ofItems.source(scope), constantOverItems: false }],
      scope,
    );
  const objective: Objective = {
    parameters,
    loss: (batch, scope) => ({ terms: regularizedBpr(view(scope), batch, 1e-2) }),
  };
  const adam = new Adam(parameters, { learningRate: 0.01 });
  const random = new RandomGenerator([7, 2, 3, 4]);
  for (let step = 0; step < steps; step++) {
    tf.tidy(() => adam.step(lossGradients(objective, draw(random)).gradients));
  }
  adam.dispose();
  const values = ['users', 'items'].map((name) => parameters.get(name).dataSync<'float32'>().slice());
  const isTable = parameters.table('users') !== undefined;
  parameters.dispose();
  return { values, isTable };
}

/** Batches from forty users far apart, so that most rows miss most updates. */
function draw(random: RandomGenerator): Triples {
  const of = (bound: number, factor = 1) => Int32Array.from({ length: 8 }, () => random.below(bound) * factor);
  return { users: of(40, 2500), positives: of(items), negatives: of(items) };
}

onEachEngine('embeddingLayer', () => {
  test('of many users update only the rows that a step reads, with the same result as updating all', () => {
    const byRows = trained(embeddingLayer, 40);
    const asWhole = trained((parameters, name, start) => denseEmbeddingLayer(parameters.add(name, start)), 40);
    expect([byRows.isTable, asWhole.isTable]).toEqual([true, false]);
    for (const [k, values] of byRows.values.entries()) expectClose(values, asWhole.values[k]!, 1e-6);
  });
});
