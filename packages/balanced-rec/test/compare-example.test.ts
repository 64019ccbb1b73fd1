import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { encodeNpy } from '@balanced-rec/datasets';
import { planComparison, readComparison } from '@balanced-rec/eval';
import type { RunRecord } from '@balanced-rec/report';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { comparisonFile } from './cli-data.js';
import { repository, runWell } from './cli-process.js';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const shared = resolve(repository, '..', 'shared', 'data');

describe('the simplest comparison', () => {
  const simplest = (protocol: string) => `
datasets: [{ name: lfm2k, path: ../shared/data/lfm2k }]
backbones: [vbpr, { name: mmgcn, set: { embeddingDim: 32 } }]
variants: [plain, ckd, only:text]
seeds: [1, 2]
protocol: ${protocol}
`;

  test('is read with its shorthands written out', async () => {
    const { comparison } = await readComparison(await comparisonFile(await scratchFolder(), simplest('mmrec')));
    expect(comparison).toMatchObject({
      datasets: [{ name: 'lfm2k', path: '../shared/data/lfm2k' }],
      backbones: [
        { name: 'vbpr', set: {} },
        { name: 'mmgcn', set: { embeddingDim: 32 } },
      ],
      variants: [{ name: 'plain' }, { name: 'ckd' }, { name: 'only:text' }],
      seeds: [1, 2],
      protocol: { name: 'mmrec' },
      cutoffs: [10, 20],
      engine: 'auto',
    });
  });

  test('may name the protocol alone or change it', async () => {
    const { comparison } = await readComparison(
      await comparisonFile(await scratchFolder(), simplest('{ name: mmrec, maxEpochs: 30 }')),
    );
    expect(comparison.protocol).toEqual({ name: 'mmrec', maxEpochs: 30 });
  });

  test('may be a list of folders and names', async () => {
    const yaml = 'datasets: [data/one]\nbackbones: [vbpr]\n';
    const { comparison } = await readComparison(await comparisonFile(await scratchFolder(), yaml));
    expect(comparison.datasets).toEqual([{ name: 'one', path: 'data/one' }]);
    expect(comparison).toMatchObject({
      variants: [{ name: 'plain' }, { name: 'ckd' }],
      seeds: [1],
      protocol: { name: 'ckd-paper' },
    });
  });

  test.skipIf(!existsSync(join(shared, 'lfm2k')))('is planned: teachers before students, each run once', async () => {
    const root = await scratchFolder();
    const file = await comparisonFile(root, simplest('mmrec').replace('../shared/data', shared));
    const { runs } = await planComparison(await readComparison(file), 'wasm');
    expect(runs.map(({ id }) => id)).toHaveLength(2 * 2 * 4);
    for (const [k, { after, settings }] of runs.entries()) {
      expect(after).toHaveLength(settings.variant === 'ckd' ? 2 : 0);
      for (const id of after) expect(runs.slice(0, k).map((run) => run.id)).toContain(id);
    }
  });
});

/** Real data, one epoch each. What is not there is skipped by name. */
describe('real data', () => {
  let root: string;
  beforeAll(async () => {
    root = await scratchFolder();
  });

  async function oneEpoch(name: string, path: string): Promise<RunRecord> {
    const yaml = `
datasets: [{ name: ${name}, path: ${path} }]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }]
variants: [plain]
protocol: { name: mmrec, maxEpochs: 1 }
`;
    const file = await comparisonFile(root, yaml, `${name}.yaml`);
    await runWell(['compare', file, '--out', join(root, name)]);
    return JSON.parse(await readFile(join(root, name, `runs/${name}--vbpr--plain--s1.json`), 'utf8'));
  }

  test.skipIf(!existsSync(join(shared, 'lfm2k'))).each([
    ['lfm2k', { users: 1858, items: 1425, train: 44327 }],
    ['tiktok', { users: 9308, items: 6710, train: 59541 }],
    ['ml1m', { users: 6035, items: 3229, train: 402393 }],
  ])('%s (MMRec layout)', async (name, size) => {
    const record = await oneEpoch(name, join(shared, name));
    expect(record.dataset).toMatchObject(size);
    expect(record.result.test['recall@20']).toBeGreaterThan(0);
  });

  test.skipIf(!existsSync(join(shared, 'amazon-baby')))('amazon-baby (LATTICE layout, made-up features)', async () => {
    const folder = join(root, 'baby-data');
    await cp(join(shared, 'amazon-baby', '5-core'), join(folder, '5-core'), { recursive: true });
    for (const [name, columns] of [
      ['image', 8],
      ['text', 6],
    ] as const) {
      const values = Float32Array.from({ length: 7050 * columns }, (_, n) => Math.sin(n * (columns + 0.1)));
      await writeFile(join(folder, `${name}_feat.npy`), encodeNpy({ rows: 7050, columns, values }));
    }
    const { dataset } = await oneEpoch('baby', folder);
    expect(dataset).toMatchObject({ users: 19445, items: 7050, train: 119674, validation: 20559, test: 20559 });
  });
});
