import { sampleData } from '@balanced-rec/backbone-testkit';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { type Backbone, RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { bm3 } from '../../src/index.js';
import { NaiveBm3 } from './naive-bm3.js';

export const modalitySets = [['smell'], ['video', 'audio', 'smell']];

const config = { embeddingDim: 4, layers: 2, dropout: 0, regWeight: 0.3, clWeight: 0.7, trainFeatures: true };

/** A backbone with parameters moved from their initial values, and the naive model that it must match. */
export function make(modalities: readonly string[], overrides: Partial<typeof config> = {}, seed = 3) {
  const settings = { ...config, ...overrides };
  const data = sampleData(modalities);
  const random = new RandomStreams(seed);
  const backbone = bm3.create({ data, config: settings, random });
  // The same parameters for every seed, and features that differ from those in the data.
  shift(backbone);
  return { backbone, random, naive: new NaiveBm3(data, backbone.parameters.snapshot(), { ...settings, modalities }) };
}

function shift({ parameters }: Backbone): void {
  const random = new RandomGenerator([4, 2, 3, 4]);
  const drawn = [...parameters.snapshot()].map(
    ([name, { shape, values }]) => [name, { shape, values: values.map(() => random.normal()) }] as const,
  );
  parameters.restore(new Map(drawn));
}

/** All subsets of the modalities, including the empty one, in order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
