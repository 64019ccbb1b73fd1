import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { protocols } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { KNOWN_BACKBONES, loadBackbone } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { planComparison } from '../../src/comparison/plan-comparison.js';
import { readComparison } from '../../src/comparison-file/read-comparison.js';
import { evaluateBackbone } from '../../src/evaluation/evaluate-backbone.js';
import { runVariant } from '../../src/runs/run-variant.js';
import { loadVariant, variantNames } from '../../src/variants/load-variant.js';

let root: string;
let dataset: Dataset;

beforeAll(async () => {
  root = await scratchFolder();
  dataset = await readDataset(await tinyDataset(root));
  await loadEngine('wasm');
});

/** Those that join items by their features keep the neighbours that they found. */
const withItemGraph = ['lattice', 'freedom'];

test.each(KNOWN_BACKBONES)(
  '%s trains in every variant, ablations included, and leaves nothing behind',
  async (name) => {
    const definition = await loadBackbone(name);
    const folder = join(root, name);
    mkdirSync(folder);
    const before = tf.memory().numTensors;
    const scores = new Set<string>();
    // Teachers come first, as in a comparison.
    for (const variant of variantNames(dataset.modalities).reverse()) {
      const { floor } = await loadVariant({ name: variant }, dataset.modalities);
      const { record, backbone, dispose } = await runVariant({
        settings: {
          dataset: { name: dataset.name, path: dataset.path, modalities: dataset.modalities },
          backbone: floor
            ? { name: floor.name, config: floor.parseConfig({}) }
            : { name, config: definition.parseConfig({ embeddingDim: 4 }) },
          variant,
          seed: 1,
          protocol: { ...protocols.mmrec, batchSize: 32, maxEpochs: 2 },
          distillation: { pairsPerStep: 50 },
          modulation: {},
          measured: { metrics: ['recall'], cutoffs: [10, 20] },
          engine: 'wasm',
        },
        dataset,
        definition: floor ?? definition,
        teachers: join(folder, 'teachers'),
        neighbours: join(folder, 'neighbours'),
      });
      // Views that share a scope are those that are measured alone.
      const { views } = record.curve.find(({ epoch }) => epoch === record.result.bestEpoch)!;
      for (const [view, metrics] of Object.entries(views ?? {})) {
        const choice = { metrics: ['recall'], cutoffs: [10, 20] } as const;
        const alone = evaluateBackbone(backbone, [view.slice('only:'.length)], dataset, dataset.validation, choice);
        expect(alone.mean, view).toEqual(metrics);
      }
      dispose();
      expect(record.backbone).toBe(floor?.name ?? name);
      expect('distillation' in record.curve.at(-1)!.losses).toBe(variant.startsWith('ckd'));
      expect(record.result.epochs).toBe(['popularity', 'ensemble'].includes(variant) ? 0 : 2);
      scores.add(JSON.stringify([record.curve.at(-1)!.losses, record.result.test]));
    }
    expect(scores.size).toBe(variantNames(dataset.modalities).length);
    expect(existsSync(join(folder, 'neighbours'))).toBe(withItemGraph.includes(name));
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('the quickstart compares all of them, plain and with CKD', async () => {
  const { runs, variants } = await planComparison(
    await readComparison(resolve(import.meta.dirname, '../../../../examples/quickstart.yaml')),
    'wasm',
  );
  const compared = runs.filter(({ settings }) => variants.includes(settings.variant));
  expect(compared.map(({ settings }) => `${settings.backbone.name} ${settings.variant}`).sort()).toEqual(
    KNOWN_BACKBONES.flatMap((name) => [`${name} ckd`, `${name} plain`]).sort(),
  );
});
