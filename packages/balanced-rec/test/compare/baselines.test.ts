import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@balanced-rec/report';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, expect, test } from 'vitest';
import { runWell } from '../support/cli.js';
import { resultOf } from '../support/result.js';

const command = ['compare', 'comparison.yaml', '--out', 'out'];
let root: string;
let stdout: string;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  await comparisonFile(
    root,
    `
datasets: [tiny]
backbones:
  - { name: vbpr, set: { embeddingDim: 4 } }
  - { name: bm3, variants: [popularity, id-only] }
variants: [plain, ogm-ge, ensemble, popularity, id-only]
protocol: { name: mmrec, batchSize: 32, maxEpochs: 2 }
modulation: { alpha: 1, noise: false }
`,
  );
  stdout = (await runWell(command, root)).stdout;
});

async function recordOf(id: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(root, `out/runs/tiny--${id}--s1.json`), 'utf8'));
}

test("the report contains CKD's baselines; floors are run once for all backbones", () => {
  const trained = ['bpr-mf--id-only', 'vbpr--ogm-ge', 'vbpr--only-image', 'vbpr--only-text', 'vbpr--plain'];
  const ids = [...trained, 'popularity--popularity', 'vbpr--ensemble'].map((id) => `tiny--${id}--s1`);
  expect(filesBelow(join(root, 'out/runs'))).toEqual(ids.map((id) => `${id}.json`).sort());
  const models = new Set(filesBelow(join(root, 'out/models')).map((path) => path.split('/')[0]));
  expect([...models].sort()).toEqual(trained.map((id) => `tiny--${id}--s1`).sort());
  for (const label of ['vbpr', 'Popularity', 'BPR-MF', 'OGM-GE', 'ensemble']) expect(stdout).toContain(label);
});

test('the modulation follows the file and is recorded', async () => {
  const { protocol, curve } = await recordOf('vbpr--ogm-ge');
  expect(protocol.modulation).toEqual({ alpha: 1, noise: false });
  for (const { measures } of curve) {
    const scales = Object.entries(measures).filter(([name]) => name.startsWith('scale.'));
    expect(scales.map(([name]) => name)).toEqual(['scale.image', 'scale.text']);
    for (const [, scale] of scales) expect(scale > 0 && scale <= 1).toBe(true);
    // The most that a modality can have if it is ahead in every step of the epoch.
    expect(Math.min(...scales.map(([, scale]) => scale))).toBeLessThan(1);
  }
});

test("the ensemble has its teachers' configuration and no parameters of its own", async () => {
  const [ensemble, teacher] = [await recordOf('vbpr--ensemble'), await recordOf('vbpr--only-text')];
  expect(ensemble.backboneConfig).toEqual(teacher.backboneConfig);
  expect(ensemble).toMatchObject({ parameters: 0, result: { stoppedBy: 'untrained', epochs: 0 } });
  // Its view of one modality is that teacher.
  expect(ensemble.curve[0]!.views!['only:text']).toEqual(teacher.result.validation);
});

test('recognises all of it when the command is run again', async () => {
  const before = await resultOf(join(root, 'out'));
  const times = (await recordOf('vbpr--ensemble')).times;
  await runWell(command, root);
  expect(await resultOf(join(root, 'out'))).toEqual(before);
  expect((await recordOf('vbpr--ensemble')).times).toEqual(times);
});
