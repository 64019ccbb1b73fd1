import { resolve } from 'node:path';
import { itemsOf } from '@balanced-rec/interactions';
import { describe, expect, it } from 'vitest';
import { orderModalities, readDataset } from '../src/index.js';
import { features, GOOD_LINES, inter, lattice, makeFolder, mmrec } from './make-folder.js';
import { npyFile } from './npy-file.js';

describe('readDataset', () => {
  it('reads the MMRec layout', async () => {
    const folder = await makeFolder(mmrec());
    const dataset = await readDataset(folder);
    expect(dataset).toMatchObject({ name: 'tiny', layout: 'mmrec', path: resolve(folder), userCount: 3, itemCount: 4 });
    expect(dataset.train).toEqual({ offsets: Int32Array.of(0, 1, 2, 4), items: Int32Array.of(0, 1, 2, 3) });
    expect(dataset.validation).toEqual({ offsets: Int32Array.of(0, 1, 2, 3), items: Int32Array.of(1, 0, 0) });
    expect(dataset.test).toEqual({ offsets: Int32Array.of(0, 1, 2, 3), items: Int32Array.of(2, 3, 1) });
    expect(dataset.modalities).toEqual(['image', 'text']);
    expect(dataset.features.text).toMatchObject({ rows: 4, columns: 3 });
    expect(dataset.findings).toEqual([]);
  });

  it('reads the LATTICE layout to the same content and hash', async () => {
    const one = await readDataset(await makeFolder(mmrec()));
    const other = await readDataset(await makeFolder(lattice()));
    expect(other.layout).toBe('lattice');
    expect(other.train).toEqual(one.train);
    expect(other.hash).toBe(one.hash);
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives the same hash for reordered lines, and a different one for different content', async () => {
    const hashOf = async (files: ReturnType<typeof mmrec>) => (await readDataset(await makeFolder(files))).hash;
    const hash = await hashOf(mmrec());
    expect(await hashOf(mmrec(inter([...GOOD_LINES].reverse())))).toBe(hash);
    expect(await hashOf(mmrec(inter([...GOOD_LINES.slice(0, -1), '2\t1\t1', '2\t0\t2'])))).not.toBe(hash);
    expect(await hashOf({ ...mmrec(), 'image_feat.npy': features(4, 2, 0.25) })).not.toBe(hash);
    const { 'image_feat.npy': image, ...rest } = mmrec();
    expect(await hashOf({ ...rest, 'audio_feat.npy': image! })).not.toBe(hash);
  });

  it('tolerates reordered and additional columns, CRLF, a byte order mark, trailing blank lines and no final line end', async () => {
    const good = (await readDataset(await makeFolder(mmrec()))).hash;
    const reordered = GOOD_LINES.map((line) => line.split('\t')).map(
      ([u, i, l]) => `${l}\t5.0\t${u}\tcaf\u00e9 x\t${i}`,
    );
    const tables = [
      inter(reordered, 'x_label\trating\tuserID\tnote\titemID'),
      inter(GOOD_LINES, undefined, '\r\n'),
      `\ufeff${inter()}`,
      `${inter()}\n\r\n  \n`,
      inter().trimEnd(),
      Buffer.from(inter(reordered, 'x_label\trating\tuserID\tnote\titemID'), 'latin1'),
    ];
    for (const table of tables) expect((await readDataset(await makeFolder(mmrec(table)))).hash).toBe(good);
  });

  it('tolerates JSON with a byte order mark, CRLF, indentation and empty lists', async () => {
    const good = (await readDataset(await makeFolder(lattice()))).hash;
    const train = '\ufeff{\r\n  "2": [\r\n    3,\r\n    2\r\n  ],\r\n  "0": [ 0 ], "1":[1]\r\n}\r\n';
    expect((await readDataset(await makeFolder(lattice({ train })))).hash).toBe(good);
    const withEmpty = await readDataset(await makeFolder(lattice({ val: '{"0": [], "1": [0], "2": [0]}' })));
    expect(withEmpty.validation.offsets).toEqual(Int32Array.of(0, 0, 1, 2));
  });

  it('reads only the requested modalities, and uses the given name', async () => {
    const folder = await makeFolder({ ...mmrec(), 'audio_feat.npy': 'broken, but not read' });
    const dataset = await readDataset(folder, { modalities: ['text', 'image', 'text'], name: 'mine' });
    expect(dataset.name).toBe('mine');
    expect(dataset.modalities).toEqual(['image', 'text']);
  });

  it('keeps items that only have features as candidates', async () => {
    const files = { ...mmrec(), 'image_feat.npy': features(6), 'text_feat.npy': features(6, 3) };
    const dataset = await readDataset(await makeFolder(files));
    expect(dataset.itemCount).toBe(6);
    expect(dataset.findings).toMatchObject([{ code: 'items/never-seen', severity: 'note', count: 2 }]);
  });

  it('reads half-precision features', async () => {
    const header = `{'descr': '<f2', 'fortran_order': False, 'shape': (4, 1), }`;
    const data = new Uint8Array(Uint16Array.of(0x3c00, 0x4000, 0x4200, 0x4400).buffer);
    const dataset = await readDataset(await makeFolder({ ...mmrec(), 'image_feat.npy': npyFile({ header, data }) }));
    expect(dataset.features.image?.values).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('grows beyond its first estimate, and reads many users in any order', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, n) => `${(n * 7) % 1000}\t${(n * 13) % 997}\t${n % 10 < 8 ? 0 : (n % 10) - 7}`,
    );
    const { train, validation, test } = await readDataset(await makeFolder({ 'tiny.inter': inter(lines) }), {
      requireFeatures: false,
    });
    expect(train.items.length + validation.items.length + test.items.length).toBe(5000);
    for (let user = 0; user < 1000; user++) {
      const items = Array.from(itemsOf(train, user));
      expect(items).toEqual([...items].sort((a, b) => a - b));
    }
  });
});

describe('orderModalities', () => {
  it('puts image and text first and sorts the rest', () => {
    expect(orderModalities(['video', 'text', 'audio', 'image', 'text'])).toEqual(['image', 'text', 'audio', 'video']);
    expect(orderModalities(['b', 'a', 'B'])).toEqual(['B', 'a', 'b']);
  });
});
