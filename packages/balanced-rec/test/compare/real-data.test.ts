import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { encodeNpy } from '@balanced-rec/datasets';
import type { RunRecord } from '@balanced-rec/report';
import { comparisonFile, scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { repository, runWell } from '../support/cli.js';

const shared = resolve(repository, '..', 'shared', 'data');

/** Real data, one epoch each. Missing datasets are skipped by name. */
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
