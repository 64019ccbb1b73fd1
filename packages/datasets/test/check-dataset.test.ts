import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDataset, encodeNpy, readDataset } from '../src/index.js';
import { features, GOOD_LINES, HEADER, inter, lattice, makeFolder, mmrec } from './make-folder.js';

describe('checkDataset', () => {
  it('reports the measurements of a valid dataset', async () => {
    const folder = await makeFolder(mmrec());
    const report = await checkDataset(folder);
    expect(report).toMatchObject({
      path: folder,
      ok: true,
      problems: [],
      problemCount: 0,
      hash: (await readDataset(folder)).hash,
      // With so few columns, many cosines are large.
      findings: [
        { code: 'items/too-few', severity: 'warning', count: 4 },
        { code: 'items/near-duplicates', count: 2 },
      ],
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
      diagnosis: { train: { interactions: 4, users: 3 }, features: { image: { columns: 2 }, text: { columns: 3 } } },
    });
  });

  it('measures interactions without features, but not an incomplete dataset', async () => {
    const { 'tiny.inter': table } = mmrec();
    const alone = await checkDataset(await makeFolder({ 'tiny.inter': table! }));
    expect(alone.problems.map(({ code }) => code)).toEqual(['dataset/no-features']);
    expect(alone.diagnosis).toMatchObject({ train: { interactions: 4 }, probe: { skipped: 'there are no features' } });
    const broken = await checkDataset(await makeFolder(mmrec(inter([...GOOD_LINES, 'x']))));
    expect(broken.diagnosis).toBeUndefined();
  });

  it('counts the fallbacks listed in the feature record, and ignores any other record', async () => {
    const fallbacksOf = async (record: string | Uint8Array) => {
      const folder = await makeFolder({ ...mmrec(), 'image_features.json': record });
      return (await checkDataset(folder)).diagnosis!.features.image!;
    };
    const listed = JSON.stringify({ fallback: 'the mean', fallbackRows: [{ row: 1, reason: 'empty' }, { row: 3 }] });
    expect(await fallbacksOf(listed)).toMatchObject({ fallbacks: 2, coverage: 0.5 });
    expect(await fallbacksOf('{"fallbackRows": [0]}')).toMatchObject({ fallbacks: 1, coverage: 0.75 });
    for (const odd of [
      '',
      '{',
      'null',
      '{"fallbackRows": 3}',
      '{"fallbackRows": [null, 9]}',
      Uint8Array.of(0xff, 0xfe),
    ]) {
      expect(await fallbacksOf(odd), String(odd)).toMatchObject({ fallbacks: undefined, coverage: 1 });
    }
  });

  it('names the items in its examples from items.tsv or items.jsonl', async () => {
    const image_feat = encodeNpy({ rows: 4, columns: 2, values: Float32Array.of(1, 2, 5, -1, 0, 3, 2, 4) });
    const namesIn = async (files: Record<string, string>) => {
      const folder = await makeFolder({ 'tiny.inter': inter(), 'image_feat.npy': image_feat, ...files });
      const { itemNames, diagnosis } = await checkDataset(folder);
      expect(diagnosis!.nearDuplicates.found[0]!.examples).toMatchObject([{ items: [0, 3] }]);
      return itemNames;
    };
    expect(await namesIn({})).toEqual({});
    expect(await namesIn({ 'items.tsv': '\uFEFFitem\torig_id\tname\r\n3\tB7\tHeat\r\n0\tA1\tAlien\r\n' })).toEqual({
      0: 'A1 Alien',
      3: 'B7 Heat',
    });
    const quoted = 'id\titem_id\ttitle\n0\tA1\t"two\nlines"\n1\tx\tx\n2\ty\ty\n3\t"B\t7"\t"Heat" 2"';
    expect(await namesIn({ 'items.tsv': quoted })).toEqual({ 0: 'A1 two lines', 3: 'B 7 "Heat" 2"' });
    expect(await namesIn({ 'items.jsonl': '{"item_id":"A1"}\n{}\n{}\n{"item_id":7,"title":"Heat"}\n' })).toEqual({
      0: 'A1',
      3: '7 Heat',
    });
    expect(await namesIn({ 'items.jsonl': '{"item_id":"A1"}\nno json' })).toEqual({ 0: 'A1' });
  });

  it('collects all problems in all files, and counts what could be read', async () => {
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

  it('continues after a broken LATTICE split', async () => {
    const folder = await makeFolder(lattice({ train: '{"0": [1, -2, 0.5]', val: '', test: '{"0": [1]}' }));
    const report = await checkDataset(folder);
    expect(report.problems.map(({ code }) => code)).toEqual([
      'dataset/bad-id',
      'dataset/bad-id',
      'dataset/malformed-json',
      'dataset/empty-file',
    ]);
  });

  it('keeps the first thousand problems if there are more', async () => {
    const folder = await makeFolder(mmrec(inter(Array.from({ length: 5000 }, () => 'x'))));
    const report = await checkDataset(folder);
    expect(report.problemCount).toBe(5000);
    expect(report.problems.length).toBe(1000);
    expect(report.summary).toBeUndefined();
  });

  it('reports on a folder that is missing, empty, or without a header', async () => {
    const folder = await makeFolder({});
    const codes = async (path: string) => (await checkDataset(path)).problems.map(({ code }) => code);
    expect(await codes(join(folder, 'none'))).toEqual(['dataset/missing-folder']);
    expect(await codes(folder)).toEqual(['dataset/unknown-layout', 'dataset/no-features']);
    expect(await codes(await makeFolder(mmrec('a,b,c')))).toEqual(['dataset/bad-header']);
    expect(await codes(await makeFolder(mmrec(HEADER)))).toEqual(['dataset/empty-split']);
  });
});
