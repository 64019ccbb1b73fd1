import { sampleData } from '@balanced-rec/backbone-testkit';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { grcn } from '../../src/index.js';
import { NaiveGrcn, type NaiveGrcnOptions } from './naive-grcn.js';

export const modalitySets = [['smell'], ['video', 'audio', 'smell']];

export const routings = ['reference', 'paper'] as const;

/** Pronounced kinks, and a regulariser large enough to matter. */
const config = { embeddingDim: 3, leakySlope: 0.05, regWeight: 0.5, routingIterations: 2 };

/** A backbone over the data's modalities, and the naive model that it must match. */
export function make({
  modalities,
  ...overrides
}: Pick<NaiveGrcnOptions, 'modalities' | 'routing'> & Partial<typeof config>) {
  const settings = { ...config, ...overrides };
  // Declared in the given order, regardless of the order in the data.
  const data = sampleData([...modalities].sort());
  const backbone = grcn.create({ data, config: settings, modalities, random: new RandomStreams(3) });
  return { backbone, naive: new NaiveGrcn(data, backbone.parameters.snapshot(), { ...settings, modalities }) };
}

/** All subsets of the modalities, including the empty one, in order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
