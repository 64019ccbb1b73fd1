import { existsSync } from 'node:fs';
import { copyFile, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFeatures, importVectors, transformersImage, transformersText } from '../src/index.js';
import { makeFolder, readRows } from './dataset-folder.js';
import { IMAGE_DIMENSION, writeImageModel, writeTextModel } from './tiny-models.js';

// Real data may not be redistributed. If present, it is in a folder outside the repository.
const root = resolve(import.meta.dirname, '../../../../shared/data');

function onReal(name: string, act: (path: string) => Promise<void>): void {
  const path = join(root, name);
  const missing = !existsSync(path);
  it.skipIf(missing)(`${name}${missing ? ` (skipped: ${path} does not exist)` : ''}`, () => act(path), 240_000);
}

describe('real data', () => {
  onReal('raw/amazon-industrial/items.jsonl', async (path) => {
    const folder = await makeFolder();
    await copyFile(path, join(folder, 'items.jsonl'));
    const modelFolder = await writeTextModel(await makeFolder());
    const source = { columns: ['title', 'description'] };
    const record = await extractFeatures({ folder, encoder: transformersText, source, settings: { modelFolder } });
    expect(record).toMatchObject({ rows: 3686, encoded: 3686, faults: {} });
  });

  onReal('raw/ml-posters', async (path) => {
    const folder = await makeFolder();
    // The posters' ids are those of MovieLens, as in ml1m's list. Its other films have no poster here.
    const list = join(root, 'ml1m/items.tsv');
    await symlink(list, join(folder, 'items.tsv'));
    const settings = { modelFolder: await writeImageModel(await makeFolder()) };
    const source = { folder: join(path, 'images') };
    const record = await extractFeatures({ folder, encoder: transformersImage, source, settings });
    expect(record).toMatchObject({ rows: 3229, dimension: IMAGE_DIMENSION, encoded: 200, faults: { missing: 3029 } });
    const items = { file: join(path, 'items.csv') };
    const words = { folder, encoder: transformersText, source: { columns: ['title', 'text'], items } };
    const text = await extractFeatures({
      ...words,
      settings: { modelFolder: await writeTextModel(await makeFolder()) },
    });
    expect(text).toMatchObject({ rows: 3229, encoded: 200, faults: { missing: 3029 } });
    expect(text.fallbackRows.map(({ row }) => row)).toEqual(record.fallbackRows.map(({ row }) => row));
  });

  onReal('lfm2k', async (path) => {
    const folder = await makeFolder();
    for (const name of ['lfm2k.inter', 'items.tsv']) await symlink(join(path, name), join(folder, name));
    const modelFolder = await writeTextModel(await makeFolder());
    const source = { columns: ['name', 'text'] };
    const record = await extractFeatures({ folder, encoder: transformersText, source, settings: { modelFolder } });
    expect(record).toMatchObject({ rows: 1425, encoded: 1425 });
    await importVectors({ folder, modality: 'audio', source: { file: join(path, 'audio_feat.npy') } });
    expect(await readRows(folder, 'audio')).toHaveLength(1425);
  });
});
