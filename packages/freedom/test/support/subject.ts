import { sampleData } from '@balanced-rec/backbone-testkit';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { type Backbone, RandomGenerator, StepScope } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import { freedom } from '../../src/index.js';
import { NaiveFreedom } from './naive-freedom.js';

const config = {
  embeddingDim: 4,
  layers: 2,
  itemLayers: 1,
  neighbours: 4,
  dropout: 0.6,
  regWeight: 0.3,
  trainFeatures: true,
};

/** The sets of modalities, with the weights of their item graphs. */
export const modalitySets: readonly Readonly<Record<string, number>>[] = [
  { smell: 1 },
  { image: 0.1, text: 0.9 },
  { video: 1, audio: 1, smell: 1 },
];

/**
 * A backbone with parameters moved from their initial values, and the naive model that it must match.
 * @param weights the weights that the modalities' item graphs must have
 */
export function make(
  weights: Readonly<Record<string, number>>,
  overrides: Partial<typeof config> & { graphWeights?: Record<string, number> } = {},
) {
  const settings = { ...config, ...overrides };
  const modalities = Object.keys(weights);
  const data = sampleData(modalities);
  const backbone = freedom.create({ data, config: settings, random: new RandomStreams(3) });
  // However the features change, the item graph stays that of the initial features.
  shift(backbone);
  const naive = new NaiveFreedom(data, backbone.parameters.snapshot(), { ...settings, weights });
  return { backbone, data, modalities, naive };
}

function shift({ parameters }: Backbone): void {
  const random = new RandomGenerator([4, 2, 3, 4]);
  const moved = [...parameters.snapshot()].map(
    ([name, { shape, values }]) => [name, { shape, values: values.map((x) => x + 0.5 * random.normal()) }] as const,
  );
  parameters.restore(new Map(moved));
}

/** The rows of all users, then of all items. */
export function tablesOf(backbone: Backbone, observed: readonly string[], phase: 'train' | 'evaluate'): number[] {
  return tf.tidy(() => {
    const view = backbone.represent(observed, new StepScope(phase));
    return [...view.users().dataSync(), ...view.items().dataSync()];
  });
}

/** All subsets of the modalities, including the empty one, in order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
