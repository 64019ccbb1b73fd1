import { distillationSchema, modulationSchema, protocols } from '@balanced-rec/ckd-core';
import { loadBackbone } from '@balanced-rec/models';
import type { RunRecord } from '@balanced-rec/report';
import { describe, expect, test } from 'vitest';
import type { RunSettings } from '../../src/index.js';
import { checkpointIdentity, identityOfPlanned, identityOfRecord } from '../../src/plan/run-identity.js';

const definition = await loadBackbone('vbpr');
const settings: RunSettings = {
  dataset: { name: 'tiny', path: 'tiny', modalities: ['image', 'text'] },
  backbone: { name: 'vbpr', config: definition.parseConfig() },
  variant: 'plain',
  seed: 1,
  protocol: protocols.mmrec,
  distillation: {},
  modulation: {},
  measured: { metrics: ['recall'], cutoffs: [20] },
  engine: 'wasm',
};
const identityOf = (change: Partial<RunSettings>, hash = 'h') =>
  checkpointIdentity({ settings: { ...settings, ...change }, dataset: { hash } });

describe('the identity of a run in progress', () => {
  test('does not ask whether a default was written out', () => {
    const written = {
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
    ['configuration', { backbone: { name: 'vbpr', config: definition.parseConfig({ embeddingDim: 4 }) } }],
    ['metrics', { measured: { metrics: ['recall', 'ndcg'], cutoffs: [20] } }],
    ["backbone's package", { backbone: { name: 'vbpr', package: './vbpr.mjs', config: definition.parseConfig() } }],
    ["variant's package", { variantPackage: './plain.mjs' }],
  ])('of another %s is another', (_, change) => {
    expect(identityOf(change)).not.toEqual(identityOf({}));
  });

  test('of other data is another', () => expect(identityOf({}, 'other')).not.toEqual(identityOf({})));
});

test('a record is known as the run that was planned, also one from before an option came to be', () => {
  const record = {
    dataset: { hash: 'h' },
    backboneConfig: settings.backbone.config,
    protocol: { ...settings.protocol, distillation: { kdRatio: 0.01 } },
    engine: 'wasm',
  } as unknown as RunRecord;
  expect(identityOfRecord(record)).toEqual(identityOfPlanned({ settings, dataHash: 'h' }));
});
