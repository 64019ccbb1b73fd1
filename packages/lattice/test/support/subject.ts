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

/** A backbone of the data's modalities, its parameters moved from where they start, and what must come of them. */
export function make(modalities: readonly string[], overrides: Partial<typeof config> = {}) {
  const settings = { ...config, ...overrides };
  const data = sampleData(modalities);
  const backbone = lattice.create({ data, config: settings, random: new RandomStreams(3) });
  // So that the learned graphs are not those of the initial features, and the modalities' weights differ.
  shift(backbone, 4);
  const naive = new NaiveLattice(data, backbone.parameters.snapshot(), { ...settings, modalities });
  return { backbone, data, naive };
}

/** Moves every parameter at random, as a step of training would. */
export function shift({ parameters }: Backbone, seed: number): void {
  const random = new RandomGenerator([seed, 2, 3, 4]);
  const moved = [...parameters.snapshot()].map(
    ([name, { shape, values }]) => [name, { shape, values: values.map((x) => x + 0.5 * random.normal()) }] as const,
  );
  parameters.restore(new Map(moved));
}

/** The rows of all users, then of all items, as a step in training sees them. */
export function trainingTables(backbone: Backbone, observed: readonly string[], scope = new StepScope('train')) {
  return tf.tidy(() => {
    const view = backbone.represent(observed, scope);
    return [...view.users().dataSync(), ...view.items().dataSync()];
  });
}

/** Every set of modalities, the empty one included, in their order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
