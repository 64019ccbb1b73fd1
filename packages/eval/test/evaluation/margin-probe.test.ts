import { join } from 'node:path';
import { protocols, RandomStreams, rankingTables } from '@balanced-rec/ckd-core';
import { only, without } from '@balanced-rec/ckd-core/backbone';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { loadBackbone } from '@balanced-rec/models';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawProbe, probeMargins } from '../../src/evaluation/margin-probe.js';
import { validate } from '../../src/evaluation/validate.js';
import { inEvaluationScope, type RunSettings, runVariant } from '../../src/index.js';

const measured = { metrics: ['recall'], cutoffs: [20] } as const;

let root: string;
let dataset: Dataset;

beforeAll(async () => {
  root = await scratchFolder();
  dataset = await readDataset(await tinyDataset(root));
});

/** Mean margin of the probe, from whole tables and in double precision. */
function naiveMargin(
  { dimension: d, users, items }: ReturnType<typeof rankingTables>,
  probe: ReturnType<typeof drawProbe>,
): number {
  const score = (user: number, item: number) => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += users[user * d + c]! * items[item * d + c]!;
    return sum;
  };
  const margins = Array.from(
    probe.users,
    (user, k) => score(user, probe.positives[k]!) - score(user, probe.negatives[k]!),
  );
  return margins.reduce((sum, x) => sum + x, 0) / margins.length;
}

async function makeBackbone() {
  const definition = await loadBackbone('vbpr');
  return definition.create({ data: dataset, config: { embeddingDim: 4 }, random: new RandomStreams(1) });
}

describe('the probe', () => {
  test('is validation interactions with items from all over', () => {
    const { users, positives, negatives } = drawProbe(dataset, 1);
    const { offsets, items } = dataset.validation;
    expect([positives.length, negatives.length]).toEqual([users.length, users.length]);
    expect(users.length).toBe(items.length);
    for (const [k, user] of users.entries()) {
      expect([...items.subarray(offsets[user], offsets[user + 1])]).toContain(positives[k]);
    }
    expect(new Set(positives).size).toBeGreaterThan(dataset.itemCount / 4);
    expect(new Set(negatives).size).toBeGreaterThan(dataset.itemCount / 4);
    expect(negatives.every((item) => item >= 0 && item < dataset.itemCount)).toBe(true);
  });

  test('is the same for a seed, and another for another', () => {
    expect(drawProbe(dataset, 3)).toEqual(drawProbe(dataset, 3));
    expect(drawProbe(dataset, 3)).not.toEqual(drawProbe(dataset, 4));
  });

  test('is of a bounded size', () => {
    const many = 100_000;
    const validation = { offsets: Int32Array.of(0, 0, many), items: new Int32Array(many) };
    const probe = drawProbe({ itemCount: 5, validation }, 1);
    expect(probe.users.length).toBeLessThan(many / 10);
    expect(probe.users.every((user) => user === 1)).toBe(true);
  });
});

describe.each(['wasm', 'cpu'] as const)('margins of the probe on %s', (engine) => {
  beforeAll(async () => {
    await loadEngine(engine);
  });

  test('are differences of dot products of the tables, under every view', async () => {
    const backbone = await makeBackbone();
    const { modalities } = backbone;
    const probe = drawProbe(dataset, 1);
    const views = [
      ['joint', modalities],
      ...modalities.map((m) => [`only:${m}`, only(modalities, m)] as const),
      ...modalities.map((m) => [`without:${m}`, without(modalities, m)] as const),
    ] as const;
    const expected = views.map(([name, view]) => [name, naiveMargin(rankingTables(backbone, view), probe)] as const);
    const before = tf.memory().numTensors;
    const found = inEvaluationScope((scope) => probeMargins(backbone, probe, scope));
    expect(tf.memory().numTensors).toBe(before);
    expect(Object.keys(found)).toEqual(views.map(([name]) => name));
    const scale = Math.max(...expected.map(([, value]) => Math.abs(value)));
    for (const [name, value] of expected) expect(Math.abs(found[name]! - value), name).toBeLessThan(1e-5 * scale);
    backbone.dispose();
  });

  test('are part of the validation of a model of all modalities, as are its views; of one modality they are not', async () => {
    const backbone = await makeBackbone();
    const probe = drawProbe(dataset, 1);
    const options = {
      dataset,
      split: dataset.validation,
      measured: { ...measured, metrics: [...measured.metrics] },
      probe,
    };
    const joint = validate(backbone, backbone.modalities, options);
    expect(joint.score).toBe(joint.metrics['recall@20']);
    expect(Object.keys(joint.views!)).toEqual(backbone.modalities.map((m) => `only:${m}`));
    expect(joint.margins).toEqual(inEvaluationScope((scope) => probeMargins(backbone, probe, scope)));
    const [alone] = backbone.modalities;
    expect(Object.keys(validate(backbone, [alone!], options))).toEqual(['score', 'metrics']);
    expect(validate(backbone, [alone!], options).metrics).toEqual(joint.views![`only:${alone}`]);
    backbone.dispose();
  });
});

describe('over a run', () => {
  beforeAll(async () => {
    await loadEngine('wasm');
  });

  async function run(variant: string, protocol: Partial<RunSettings['protocol']>, seed = 1) {
    const settings: RunSettings = {
      dataset: { name: dataset.name, path: dataset.path, modalities: dataset.modalities },
      backbone: { name: 'vbpr', config: (await loadBackbone('vbpr')).parseConfig({ embeddingDim: 4 }) },
      variant,
      seed,
      protocol: { ...protocols.mmrec, maxEpochs: 4, patience: 9, ...protocol },
      distillation: {},
      modulation: {},
      measured: { metrics: ['recall'], cutoffs: [20] },
      engine: 'wasm',
    };
    const folders = { teachers: join(root, 'teachers'), neighbours: join(root, 'neighbours') };
    const definition = await loadBackbone('vbpr');
    const { backbone, record } = await runVariant({ settings, dataset, definition, ...folders });
    backbone.dispose();
    return record.curve;
  }

  test('evaluating more often, with its probe, does not change what is trained', async () => {
    const losses = async (evaluateEvery: number, variant = 'plain') =>
      (await run(variant, { evaluateEvery })).map((point) => point.losses);
    const often = await losses(1);
    expect(await losses(4)).toEqual(often);
    expect(await losses(1, 'ogm-ge')).not.toEqual(often);
  });

  test('the probe is one for all evaluations and all variants of a seed', async () => {
    // Too small a step for float32, so that all margins are those of the initial parameters, which a seed decides.
    const still = { evaluateEvery: 1, learningRate: 1e-30 };
    const margins = async (variant: string, seed?: number) =>
      (await run(variant, still, seed)).map((point) => point.margins);
    const [first, ...later] = await margins('plain');
    for (const each of [...later, ...(await margins('ogm-ge'))]) expect(each).toEqual(first);
    expect((await margins('plain', 2))[0]).not.toEqual(first);
  });
});
