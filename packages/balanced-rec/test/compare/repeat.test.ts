import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CliResult, runWell } from '../support/cli.js';
import { resultOf } from '../support/result.js';

const yaml = `
datasets: [tiny]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }, { name: mmgcn, set: { embeddingDim: 8, layers: 1 } }]
variants: [plain, ckd, only:text]
protocol: { name: mmrec, maxEpochs: 2 }
`;

describe('the same comparison twice, with one and with two runs at a time', () => {
  let root: string;
  let file: string;
  let first: CliResult;

  beforeAll(async () => {
    root = await scratchFolder();
    await tinyDataset(root);
    file = await comparisonFile(root, yaml);
    first = await runWell(['compare', file, '--out', join(root, 'one'), '--jobs', '1']);
    await runWell(['compare', file, '--out', join(root, 'two'), '--jobs', '2']);
  });

  test('gives the same files, byte for byte except for times', async () => {
    const [one, two] = [await resultOf(join(root, 'one')), await resultOf(join(root, 'two'))];
    expect([...two.keys()]).toEqual([...one.keys()]);
    for (const [name, content] of one) expect(two.get(name) === content, `${name} differs`).toBe(true);
    expect([...one.keys()]).toEqual(
      expect.arrayContaining(['report.html', 'results.csv', 'summary.json', 'summary.md']),
    );
    expect([...one.keys()].filter((name) => name.startsWith('runs/'))).toHaveLength(8);
    expect([...one.keys()].filter((name) => name.endsWith('model.safetensors'))).toHaveLength(8);
  });

  test('trains one teacher per backbone and modality, whether or not it is also a variant', () => {
    expect(filesBelow(join(root, 'one', 'teachers'))).toHaveLength(4);
    expect(first.stderr).toMatch(/8 runs on engine (gpu|native|wasm), 2 of them teachers/);
    expect(first.stderr.match(/^start /gm)).toHaveLength(8);
  });

  test('reports everything in plain lines without a terminal', () => {
    expect(first.stderr).toContain('dataset tiny: 40 users, 30 items, modalities image + text');
    expect(first.stderr).toMatch(
      /^done {2}tiny\/vbpr\/ckd seed 1 {2}test Recall@20 0\.\d{4} {2}best epoch \d of 2 {2}\d+s {2}\[\d\/8\]$/m,
    );
    expect(first.stderr).not.toContain('\x1b');
    expect(first.stdout).toMatch(/\| tiny \| vbpr \|/);
    expect(first.stdout).toContain(`report: ${join(root, 'one', 'report.html')}`);
  });

  test('does not rerun a finished comparison, but rewrites its reports', async () => {
    const before = await resultOf(join(root, 'one'));
    const csv = join(root, 'one', 'results.csv');
    const { stderr } = await runWell(['compare', file, '--out', join(root, 'one')]);
    expect(stderr).toContain('8 finished already and kept');
    expect(stderr).not.toMatch(/^start /m);
    expect(await resultOf(join(root, 'one'))).toEqual(before);
    expect((await readFile(csv, 'utf8')).split('\n').length).toBeGreaterThan(8);
  });
});
