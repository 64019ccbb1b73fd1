import { sampleData } from '@balanced-rec/backbone-testkit';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { type Backbone, RandomGenerator, StepScope } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import { lattice } from '../../src/index.js';
import { NaiveLattice, type NaiveLatticeOptions } from './naive-lattice.js';

export const modalitySets = [['smell'], ['video', 'audio', 'smell']];

const config = {
  cfModel: 'lightgcn' as NaiveLatticeOptions['cfModel'],
  embeddingDim: 4,
  featureDim: 3,
  layers: 2,
  itemLayers: 1,
  neighbours: 4,
  lambda: 0.6,
  regWeight: 0.1,
  trainFeatures: true,
};

/** A backbone over the data's modalities with parameters moved from their initial values, and the naive model that it must match. */
export function make(modalities: readonly string[], overrides: Partial<typeof config> = {}) {
  const settings = { ...config, ...overrides };
  const data = sampleData(modalities);
  const backbone = lattice.create({ data, config: settings, random: new RandomStreams(3) });
  // Makes the learned graphs differ from those of the initial features, and the modalities' weights differ from each other.
  shift(backbone, 4);
  const naive = new NaiveLattice(data, backbone.parameters.snapshot(), { ...settings, modalities });
  return { backbone, data, naive };
}

/** Moves every parameter at random, as a training step would. */
export function shift({ parameters }: Backbone, seed: number): void {
  const random = new RandomGenerator([seed, 2, 3, 4]);
  const moved = [...parameters.snapshot()].map(
    ([name, { shape, values }]) => [name, { shape, values: values.map((x) => x + 0.5 * random.normal()) }] as const,
  );
  parameters.restore(new Map(moved));
}

/** The rows of all users, then of all items, as a training step sees them. */
export function trainingTables(backbone: Backbone, observed: readonly string[], scope = new StepScope('train')) {
  return tf.tidy(() => {
    const view = backbone.represent(observed, scope);
    return [...view.users().dataSync(), ...view.items().dataSync()];
  });
}

/** All subsets of the modalities, including the empty one, in order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
