import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDataset } from '../src/index.js';
import { features, inter, lattice, makeFolder, mmrec } from './make-folder.js';
import { thrownBy } from './thrown-by.js';

describe('refuses a folder', () => {
  it('that does not exist, and suggests the nearest name', async () => {
    const folder = await makeFolder(mmrec());
    const error = await thrownBy(() => readDataset(`${folder}y`));
    expect(error.code).toBe('dataset/missing-folder');
    expect(error.details.place).toBe(`${folder}y`);
    expect(error.details.remedy).toContain(`did you mean ${folder}?`);
  });

  it('that is a file', async () => {
    const folder = await makeFolder(mmrec());
    const error = await thrownBy(() => readDataset(join(folder, 'tiny.inter')));
    expect(error.code).toBe('dataset/not-a-folder');
    expect(error.details.remedy).toContain(folder);
  });

  it('without interactions, naming what was expected and found', async () => {
    const folder = await makeFolder({ 'ratings.csv': '1,2,3', 'image_feat.npy': features(4) });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('dataset/unknown-layout');
    expect(error.details.place).toBe(folder);
    expect(error.details.expected).toMatch(/\.inter.*5-core\/train\.json/);
    expect(error.details.found).toBe('image_feat.npy, ratings.csv');
  });

  it('with several tables, unless one is named after the folder', async () => {
    const several = await makeFolder({ ...mmrec(), 'tiny.inter': inter(), 'other.inter': inter() });
    expect((await readDataset(several)).name).toBe('tiny');
    const unclear = await makeFolder({ 'a.inter': inter(), 'b.inter': inter() });
    const error = await thrownBy(() => readDataset(unclear));
    expect(error.code).toBe('dataset/several-inter-files');
    expect(error.details.found).toBe('a.inter, b.inter');
  });

  it('with both layouts, unless the option selects one', async () => {
    const folder = await makeFolder({ ...mmrec(), ...lattice() });
    expect((await thrownBy(() => readDataset(folder))).code).toBe('dataset/ambiguous-layout');
    expect((await readDataset(folder, { layout: 'lattice' })).layout).toBe('lattice');
    expect((await readDataset(folder, { layout: 'mmrec' })).layout).toBe('mmrec');
  });

  it('with both layouts, unless the folder was prepared in both', async () => {
    const prepared = (record: string) => makeFolder({ ...mmrec(), ...lattice(), 'dataset.json': record });
    expect((await readDataset(await prepared('{"layouts": ["mmrec", "lattice"]}'))).layout).toBe('mmrec');
    for (const record of ['{"layouts": ["mmrec"]}', '[]', 'null', 'not ours']) {
      const folder = await prepared(record);
      expect((await thrownBy(() => readDataset(folder))).code).toBe('dataset/ambiguous-layout');
    }
  });

  it('without features, unless they are not required', async () => {
    const folder = await makeFolder({ 'tiny.inter': inter(), 'image.npy': features(4) });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('dataset/no-features');
    expect(error.details.found).toBe('image.npy');
    const dataset = await readDataset(folder, { requireFeatures: false });
    expect(dataset.modalities).toEqual([]);
    expect(dataset.itemCount).toBe(4);
  });

  it('without a requested modality', async () => {
    const folder = await makeFolder(mmrec());
    const error = await thrownBy(() => readDataset(folder, { modalities: ['images'] }));
    expect(error.code).toBe('dataset/missing-modality');
    expect(error.details.place).toBe(join(folder, 'images_feat.npy'));
    expect(error.details.found).toContain('image, text');
    expect(error.details.remedy).toBe('did you mean "image"?');
  });
});
