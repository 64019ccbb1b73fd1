import { join } from 'node:path';
import { protocols } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { loadBackbone } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RunSettings, runVariant } from '../../src/index.js';

let root: string;
let dataset: Dataset;

beforeAll(async () => {
  root = await scratchFolder();
  dataset = await readDataset(await tinyDataset(root));
  await loadEngine('wasm');
});

const definition = await loadBackbone('vbpr');

function settingsOf(variant: string, change: Partial<RunSettings> = {}): RunSettings {
  return {
    dataset: { name: dataset.name, path: dataset.path, modalities: dataset.modalities },
    backbone: { name: 'vbpr', config: definition.parseConfig({ embeddingDim: 4 }) },
    variant,
    seed: 1,
    protocol: { ...protocols.mmrec, maxEpochs: 2 },
    distillation: { pairsPerStep: 50 },
    modulation: {},
    measured: { metrics: ['recall'], cutoffs: [20] },
    engine: 'wasm',
    ...change,
  };
}

/** Trains, and tells which models were trained and with what result. */
async function trained(settings: RunSettings, teachers: string) {
  const models = new Set<string>();
  const { record, backbone, dispose } = await runVariant({
    ...{ settings, dataset, definition, teachers, neighbours: join(teachers, 'neighbours') },
    onEvent: ({ variant }) => models.add(variant),
  });
  const weights = [...backbone.parameters.snapshot()].map(([name, { values }]) => [name, [...values]] as const);
  dispose();
  return { models: [...models], weights, record };
}

describe('teachers', () => {
  test('are trained where CKD finds none, then shared with its ablations and with other ratios', async () => {
    const teachers = join(root, 'shared');
    expect((await trained(settingsOf('ckd'), teachers)).models).toEqual(['only:image', 'only:text', 'ckd']);
    expect(filesBelow(teachers)).toHaveLength(2);
    expect((await trained(settingsOf('ckd-no-specific'), teachers)).models).toEqual(['ckd-no-specific']);
    const other = settingsOf('ckd', { distillation: { pairsPerStep: 50, kdRatio: 1 } });
    expect((await trained(other, teachers)).models).toEqual(['ckd']);
    expect(filesBelow(teachers)).toHaveLength(2);
  });

  test('are the uni-modal variants: a student is the same whichever way its teachers were trained', async () => {
    const byVariants = join(root, 'by-variants');
    await trained(settingsOf('only:text'), byVariants);
    await trained(settingsOf('only:image'), byVariants);
    const student = await trained(settingsOf('ckd'), byVariants);
    const onTheWay = await trained(settingsOf('ckd'), join(root, 'on-the-way'));
    expect(student.models).toEqual(['ckd']);
    expect(student.weights).toEqual(onTheWay.weights);
    expect(student.record.result).toEqual(onTheWay.record.result);
  });

  test.each([
    ['seed', { seed: 2 }],
    ['configuration', { backbone: { name: 'vbpr', config: definition.parseConfig({ embeddingDim: 5 }) } }],
    ['protocol', { protocol: { ...protocols.mmrec, maxEpochs: 1 } }],
  ])('of another %s are others', async (what, change) => {
    const teachers = join(root, `other-${what}`);
    await trained(settingsOf('only:text'), teachers);
    await trained(settingsOf('only:text', change), teachers);
    expect(filesBelow(teachers)).toHaveLength(2);
  });

  test('and students leave no tensor behind', async () => {
    const teachers = join(root, 'shared');
    await trained(settingsOf('ckd'), teachers);
    const before = tf.memory().numTensors;
    await trained(settingsOf('ckd'), teachers);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('and all that is trained differ by seed, and are the same for the same seed', async () => {
    const teachers = join(root, 'seeds');
    const one = await trained(settingsOf('plain'), teachers);
    expect((await trained(settingsOf('plain'), teachers)).weights).toEqual(one.weights);
    expect((await trained(settingsOf('plain', { seed: 2 }), teachers)).weights).not.toEqual(one.weights);
  });
});
