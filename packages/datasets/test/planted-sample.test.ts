import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDataset, synthesizeDataset, writeMmrecDataset } from '../src/index.js';
import { makeFolder } from './make-folder.js';

const sample = resolve(import.meta.dirname, '../../../examples/data/planted');

describe('the sample in examples/data/planted', () => {
  it('is what its README says: synthesizeDataset({ seed: 1 }), byte for byte', async () => {
    const folder = join(await makeFolder({}), 'planted');
    await writeMmrecDataset(synthesizeDataset({ seed: 1 }), folder);
    for (const name of ['planted.inter', 'image_feat.npy', 'text_feat.npy']) {
      const [made, kept] = await Promise.all([readFile(join(folder, name)), readFile(join(sample, name))]);
      expect(made.equals(kept), name).toBe(true);
    }
  });

  it('is read', async () => {
    const dataset = await readDataset(sample);
    expect(dataset).toMatchObject({ name: 'planted', userCount: 300, itemCount: 250, modalities: ['image', 'text'] });
    expect(dataset.findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });
});
