import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { comparisonFile, scratchFolder } from '@balanced-rec/tiny-data';
import { describe, expect, test } from 'vitest';
import { planComparison } from '../../src/comparison/plan-comparison.js';
import { readComparison } from '../../src/comparison-file/read-comparison.js';

const shared = resolve(import.meta.dirname, '../../../../../shared/data');

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
