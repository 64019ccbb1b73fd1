import { distillationSchema, modulationSchema, protocols } from '@balanced-rec/ckd-core';
import { describe, expect, test } from 'vitest';
import type { RunRecord, RunSettings } from '../src/index.js';
import { loadBackbone } from '../src/index.js';
import { checkpointIdentity, identityOfPlanned, identityOfRecord } from '../src/runs/run-identity.js';

const settings: RunSettings = {
  dataset: { name: 'tiny', path: 'tiny', modalities: ['image', 'text'] },
  backbone: { name: 'vbpr', config: {} },
  variant: 'plain',
  seed: 1,
  protocol: protocols.mmrec,
  distillation: {},
  modulation: {},
  measured: { metrics: ['recall'], cutoffs: [20] },
  engine: 'wasm',
};
const definition = await loadBackbone('vbpr');
const identityOf = (change: Partial<RunSettings>, hash = 'h') =>
  checkpointIdentity({ settings: { ...settings, ...change }, dataset: { hash }, definition });

describe('the identity of a run in progress', () => {
  test('does not ask whether a default was written out', () => {
    const written = {
      backbone: { name: 'vbpr', config: { ...definition.parseConfig() } },
      distillation: distillationSchema.parse({}),
      modulation: modulationSchema.parse({}),
    };
    expect(identityOf(written)).toEqual(identityOf({}));
    expect(identityOf({ modulation: { alpha: 0.1 } })).not.toEqual(identityOf({}));
  });

  test.each<[string, Partial<RunSettings>]>([
    ['variant', { variant: 'ckd' }],
    ['seed', { seed: 2 }],
    ['engine', { engine: 'cpu' }],
    ['protocol', { protocol: { ...protocols.mmrec, batchSize: 7 } }],
    ['configuration', { backbone: { name: 'vbpr', config: { embeddingDim: 4 } } }],
    ['metrics', { measured: { metrics: ['recall', 'ndcg'], cutoffs: [20] } }],
    ["backbone's package", { backbone: { name: 'vbpr', package: './vbpr.mjs', config: {} } }],
    ["variant's package", { variantPackage: './plain.mjs' }],
  ])('of another %s is another', (_, change) => {
    expect(identityOf(change)).not.toEqual(identityOf({}));
  });

  test('of other data is another', () => expect(identityOf({}, 'other')).not.toEqual(identityOf({})));
});

test('a record is known as the run that was planned, also one from before an option came to be', () => {
  const config = definition.parseConfig();
  const record = {
    dataset: { hash: 'h' },
    backboneConfig: config,
    protocol: { ...settings.protocol, distillation: { kdRatio: 0.01 } },
    engine: 'wasm',
  } as unknown as RunRecord;
  expect(identityOfRecord(record)).toEqual(identityOfPlanned({ settings, dataHash: 'h', config }));
});
