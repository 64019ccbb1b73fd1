import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashDataset, readDataset, synthesizeDataset, writeMmrecDataset } from '../src/index.js';
import { makeFolder } from './make-folder.js';
import { thrownBy } from './thrown-by.js';

const sample = resolve(import.meta.dirname, '../../../examples/data/planted');
const content = synthesizeDataset({ seed: 5, userCount: 20, itemCount: 40, interactionsPerUser: 8 });

describe('writeMmrecDataset', () => {
  it('writes what readDataset reads, and leaves nothing else behind', async () => {
    const folder = join(await makeFolder({}), 'deep', 'planted');
    await writeMmrecDataset(content, folder);
    expect((await readdir(folder)).sort()).toEqual(['image_feat.npy', 'planted.inter', 'text_feat.npy']);
    expect(await readdir(dirname(folder))).toEqual(['planted']);
    const dataset = await readDataset(folder);
    expect(dataset.hash).toBe(hashDataset(content));
    expect(dataset).toMatchObject(content);
  });

  it('fills an empty folder, refuses a non-empty one, and replaces it if asked to', async () => {
    const folder = await makeFolder({});
    await writeMmrecDataset(content, folder);
    await writeFile(join(folder, 'notes.txt'), 'mine');
    const error = await thrownBy(() => writeMmrecDataset(content, folder));
    expect(error.code).toBe('dataset/folder-exists');
    expect(error.details.found).toContain('notes.txt');
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
    await writeMmrecDataset(content, folder, { overwrite: true });
    expect(await readdir(folder)).not.toContain('notes.txt');
    expect(await readdir(dirname(folder))).toEqual(['tiny']);
  });

  it('refuses names that escape the folder', async () => {
    const folder = await makeFolder({});
    const error = await thrownBy(() => writeMmrecDataset({ ...content, name: '../evil' }, join(folder, 'x')));
    expect(error.code).toBe('dataset/bad-name');
    expect(error.message).toContain('../evil');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the sample in examples/data/planted', () => {
  it('is synthesizeDataset({ seed: 1 }) byte for byte, as its README says', async () => {
    const folder = join(await makeFolder({}), 'planted');
    await writeMmrecDataset(synthesizeDataset({ seed: 1 }), folder);
    for (const name of ['planted.inter', 'image_feat.npy', 'text_feat.npy']) {
      const [made, kept] = await Promise.all([readFile(join(folder, name)), readFile(join(sample, name))]);
      expect(made.equals(kept), name).toBe(true);
    }
  });

  it('is readable', async () => {
    const dataset = await readDataset(sample);
    expect(dataset).toMatchObject({ name: 'planted', userCount: 300, itemCount: 250, modalities: ['image', 'text'] });
    expect(dataset.findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
  });
});
