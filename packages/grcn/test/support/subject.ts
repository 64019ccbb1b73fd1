import { sampleData } from '@balanced-rec/backbone-testkit';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { grcn } from '../../src/index.js';
import { NaiveGrcn, type NaiveGrcnOptions } from './naive-grcn.js';

export const modalitySets = [['smell'], ['video', 'audio', 'smell']];

export const routings = ['reference', 'paper'] as const;

/** Kinks far from linear, and a regulariser that shows. */
const config = { embeddingDim: 3, leakySlope: 0.05, regWeight: 0.5, routingIterations: 2 };

/** A backbone of the data's modalities, and what must come of its parameters. */
export function make({
  modalities,
  ...overrides
}: Pick<NaiveGrcnOptions, 'modalities' | 'routing'> & Partial<typeof config>) {
  const settings = { ...config, ...overrides };
  // Declared in the given order, whatever order the data has them in.
  const data = sampleData([...modalities].sort());
  const backbone = grcn.create({ data, config: settings, modalities, random: new RandomStreams(3) });
  return { backbone, naive: new NaiveGrcn(data, backbone.parameters.snapshot(), { ...settings, modalities }) };
}

/** Every set of modalities, the empty one included, in their order. */
export function subsets(modalities: readonly string[]): string[][] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) => modalities.filter((_m, k) => (bits >> k) & 1));
}
