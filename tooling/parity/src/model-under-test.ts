import { Adam, lossGradients, type Objective, RandomStreams, wholeGradients } from '@balanced-rec/ckd-core';
import {
  type Backbone,
  type BackboneDefinition,
  parseView,
  StepScope,
  type TrainingData,
  type Triples,
} from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import type { Comparison } from './comparison.js';
import type { AdjacencyFixture, FixtureBatch, FixtureTensor, ModelFixture } from './fixture.js';
import { tolerances } from './tolerances.js';

/** The training data from which a fixture's numbers were computed. */
export function fixtureData(
  fixture: Pick<AdjacencyFixture, 'nUsers' | 'nItems' | 'interactions'>,
  features: ModelFixture['features'] = {},
): TrainingData {
  const sorted = [...fixture.interactions].sort(([u, i], [v, j]) => u - v || i - j);
  const offsets = new Int32Array(fixture.nUsers + 1);
  for (const [user] of sorted) offsets[user + 1]!++;
  for (let user = 0; user < fixture.nUsers; user++) offsets[user + 1]! += offsets[user]!;
  return {
    userCount: fixture.nUsers,
    itemCount: fixture.nItems,
    train: { offsets, items: Int32Array.from(sorted, ([, item]) => item) },
    features: Object.fromEntries(
      Object.entries(features).map(([modality, { shape, data }]) => [
        modality,
        { rows: shape[0]!, columns: shape[1]!, values: Float32Array.from(data) },
      ]),
    ),
  };
}

/** Creates the backbone with the fixture's parameters instead of random ones. */
export function backboneWith(
  definition: BackboneDefinition,
  fixture: ModelFixture,
  config: Record<string, unknown>,
  params: ModelFixture['params'],
): Backbone {
  const backbone = definition.create({
    data: fixtureData(fixture, fixture.features),
    config,
    random: new RandomStreams(0),
  });
  backbone.parameters.restore(
    new Map(Object.entries(params).map(([name, t]) => [name, { shape: t.shape, values: Float32Array.from(t.data) }])),
  );
  return backbone;
}

export function triples({ users, pos, neg }: FixtureBatch): Triples {
  return { users: Int32Array.from(users), positives: Int32Array.from(pos), negatives: Int32Array.from(neg) };
}

/** Compares every view's embeddings. */
export function compareForward(comparison: Comparison, backbone: Backbone, forward: ModelFixture['forward']): void {
  const pairs: Record<string, [Float32Array, number[]]> = {};
  for (const [view, { user, item }] of Object.entries(forward)) {
    const ours = embeddingsOf(backbone, view);
    pairs[`${view}/user`] = [ours.users, user.data];
    pairs[`${view}/item`] = [ours.items, item.data];
  }
  comparison.group('forward', tolerances.forward, pairs);
}

export function embeddingsOf(backbone: Backbone, view: string): { users: Float32Array; items: Float32Array } {
  return tf.tidy(() => {
    const seen = backbone.represent(parseView(view, backbone.modalities), new StepScope('evaluate'));
    return { users: seen.users().dataSync<'float32'>(), items: seen.items().dataSync<'float32'>() };
  });
}

/** The loss terms, their sum and the gradients of one batch, as plain numbers. */
export function evaluate(objective: Objective, batch: Triples) {
  return tidied(() => {
    const { terms, total, gradients } = lossGradients(objective, batch);
    return {
      total: total.dataSync()[0]!,
      terms: Object.fromEntries(Object.entries(terms).map(([name, term]) => [name, term.dataSync()[0]!])),
      gradients: new Map(
        [...wholeGradients(gradients, objective.parameters)].map(([name, gradient]) => [
          name,
          gradient.dataSync<'float32'>(),
        ]),
      ),
    };
  });
}

/** Like `tf.tidy`, but for results that hold plain numbers in any structure. */
export function tidied<T>(compute: () => T): T {
  let result: T | undefined;
  tf.tidy(() => {
    result = compute();
  });
  return result as T;
}

export function compareGradients(
  comparison: Comparison,
  name: string,
  ours: ReadonlyMap<string, Float32Array>,
  theirs: Readonly<Record<string, FixtureTensor>>,
): void {
  const pairs = Object.entries(theirs).map(
    ([key, { data }]) => [key, [ours.get(key) ?? new Float32Array(data.length), data]] as const,
  );
  comparison.group(name, tolerances.gradients, Object.fromEntries(pairs));
}

/** Repeats the fixture's Adam steps and compares the loss of each step and the final parameters. */
export function compareAdam(
  comparison: Comparison,
  objective: Objective,
  fixture: ModelFixture,
  isNoise: (parameter: string) => boolean,
  missingGradients: 'zero' | 'skip' = 'zero',
): void {
  const name = missingGradients === 'skip' ? 'adam that skips' : 'adam';
  const { lr, beta1, beta2, eps, losses, params } = missingGradients === 'skip' ? fixture.adamSetToNone! : fixture.adam;
  objective.beginEpoch?.(1, new RandomStreams(0));
  const adam = new Adam(objective.parameters, { learningRate: lr, beta1, beta2, epsilon: eps, missingGradients });
  const ourLosses = losses.map((_, step) =>
    tf.tidy(() => {
      const { total, gradients } = lossGradients(objective, triples(fixture.batches[step]!));
      adam.step(gradients);
      return total.dataSync()[0]!;
    }),
  );
  adam.dispose();
  comparison.group(name, tolerances.adam, { losses: [ourLosses, losses] });
  const after = objective.parameters.snapshot();
  const compared = Object.entries(params).filter(([name]) => !isNoise(name));
  comparison.group(
    name,
    tolerances.adam,
    Object.fromEntries(compared.map(([key, { data }]) => [key, [after.get(key)!.values, data]])),
  );
  for (const [key, { data }] of Object.entries(params).filter(([parameter]) => isNoise(parameter))) {
    comparison.absolute(`${name} ${key} (absolute)`, tolerances.adamOfNoise, after.get(key)!.values, data);
  }
}
