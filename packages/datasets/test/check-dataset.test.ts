import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDataset, readDataset } from '../src/index.js';
import { features, GOOD_LINES, HEADER, inter, lattice, makeFolder, mmrec } from './make-folder.js';

describe('checkDataset', () => {
  it('reports a good dataset with its numbers', async () => {
    const folder = await makeFolder(mmrec());
    const report = await checkDataset(folder);
    expect(report).toEqual({
      path: folder,
      ok: true,
      problems: [],
      problemCount: 0,
      hash: (await readDataset(folder)).hash,
      findings: [],
      summary: {
        name: 'tiny',
        layout: 'mmrec',
        userCount: 3,
        itemCount: 4,
        train: 4,
        validation: 3,
        test: 3,
        density: 10 / 12,
        modalities: [
          { name: 'image', rows: 4, dimension: 2 },
          { name: 'text', rows: 4, dimension: 3 },
        ],
      },
    });
  });

  it('collects all problems of all files, and counts what could be read', async () => {
    const table = inter(['0,1,0', ...GOOD_LINES, '0\t-1\t0', '0\t1\t7', '1\tx\t0']);
    const folder = await makeFolder({ ...mmrec(table), 'image_feat.npy': features(2), 'text_feat.npy': 'no array' });
    const report = await checkDataset(folder);
    expect(report.ok).toBe(false);
    expect(report.hash).toBeUndefined();
    expect(report.problems.map(({ code, details }) => [code, details.place])).toEqual([
      ['dataset/malformed-line', `${join(folder, 'tiny.inter')}:2`],
      ['dataset/bad-id', `${join(folder, 'tiny.inter')}:13`],
      ['dataset/bad-label', `${join(folder, 'tiny.inter')}:14`],
      ['dataset/bad-id', `${join(folder, 'tiny.inter')}:15`],
      ['npy/not-npy', join(folder, 'text_feat.npy')],
      ['features/too-few-rows', join(folder, 'image_feat.npy')],
    ]);
    expect(report.summary).toMatchObject({ userCount: 3, itemCount: 4, train: 4, validation: 3, test: 3 });
  });

  it('reads on behind a broken LATTICE split', async () => {
    const folder = await makeFolder(lattice({ train: '{"0": [1, -2, 0.5]', val: '', test: '{"0": [1]}' }));
    const report = await checkDataset(folder);
    expect(report.problems.map(({ code }) => code)).toEqual([
      'dataset/bad-id',
      'dataset/bad-id',
      'dataset/malformed-json',
      'dataset/empty-file',
    ]);
  });

  it('keeps the first thousand of very many problems', async () => {
    const folder = await makeFolder(mmrec(inter(Array.from({ length: 5000 }, () => 'x'))));
    const report = await checkDataset(folder);
    expect(report.problemCount).toBe(5000);
    expect(report.problems.length).toBe(1000);
    expect(report.summary).toBeUndefined();
  });

  it('answers about a folder that is missing, empty, or without a header', async () => {
    const folder = await makeFolder({});
    const codes = async (path: string) => (await checkDataset(path)).problems.map(({ code }) => code);
    expect(await codes(join(folder, 'none'))).toEqual(['dataset/missing-folder']);
    expect(await codes(folder)).toEqual(['dataset/unknown-layout', 'dataset/no-features']);
    expect(await codes(await makeFolder(mmrec('a,b,c')))).toEqual(['dataset/bad-header']);
    expect(await codes(await makeFolder(mmrec(HEADER)))).toEqual(['dataset/empty-split']);
  });
});
