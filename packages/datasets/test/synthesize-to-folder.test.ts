import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { itemsOf } from '@balanced-rec/interactions';
import { describe, expect, it } from 'vitest';
import {
  hashDataset,
  RAW_FORMATS,
  type RawFormat,
  readDataset,
  type SyntheticOptions,
  synthesizeDataset,
  synthesizeToFolder,
  writeMmrecDataset,
} from '../src/index.js';
import { makeFolder } from './make-folder.js';
import { thrownBy } from './thrown-by.js';

const small: SyntheticOptions = { seed: 5, userCount: 40, itemCount: 60, interactionsPerUser: 8 };

describe('synthesizeToFolder', () => {
  it.each([
    ['all items', small],
    ['a few candidates', { ...small, candidateCount: 20 }],
    // More features than are rendered at once, and more lines than are written at once.
    ['several pieces', { ...small, userCount: 9000, itemCount: 3000, candidateCount: 30, interactionsPerUser: 12 }],
  ])('writes what synthesizeDataset gives, byte for byte: %s', async (_, options) => {
    const root = await makeFolder({});
    const content = synthesizeDataset(options);
    await writeMmrecDataset(content, join(root, 'in-memory'));
    const record = await synthesizeToFolder(options, join(root, 'streamed'));
    for (const name of ['planted.inter', 'image_feat.npy', 'text_feat.npy']) {
      const [one, other] = await Promise.all(
        ['in-memory', 'streamed'].map((place) => readFile(join(root, place, name))),
      );
      expect(other!.equals(one!), name).toBe(true);
    }
    expect((await readdir(join(root, 'streamed'))).sort()).toEqual([
      'dataset.json',
      'image_feat.npy',
      'planted.inter',
      'text_feat.npy',
    ]);
    expect(record.hash).toBe(hashDataset(content));
    expect((await readDataset(join(root, 'streamed'))).hash).toBe(record.hash);
  });

  it('records where the data comes from, so that it can be reproduced', async () => {
    const root = await makeFolder({});
    const record = await synthesizeToFolder({ ...small, name: 'mine' }, join(root, 'one'));
    expect(JSON.parse(await readFile(join(root, 'one', 'dataset.json'), 'utf8'))).toEqual(record);
    expect(record).toMatchObject({
      format: 1,
      kind: 'synthetic',
      options: { seed: 5, name: 'mine', candidateCount: 1000 },
    });
    expect(Object.keys(record.versions)).toEqual(['@balanced-rec/datasets']);
    const { train, validation, test } = await readDataset(join(root, 'one'));
    const sizes = [train, validation, test].map(({ items }) => items.length);
    expect([record.counts.train, record.counts.validation, record.counts.test]).toEqual(sizes);
    expect(record.counts.interactions).toBe(sizes[0]! + sizes[1]! + sizes[2]!);
    expect((await synthesizeToFolder(record.options, join(root, 'again'))).hash).toBe(record.hash);
  });

  it('leaves nothing behind when aborted', async () => {
    const folder = join(await makeFolder({}), 'out');
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    const { signal } = controller;
    await expect(synthesizeToFolder(small, folder, { onProgress, signal })).rejects.toThrow('enough');
    expect(await readdir(dirname(folder))).toEqual([]);
  });

  it('refuses a name that escapes the folder, before it writes anything', async () => {
    const root = await makeFolder({});
    const error = await thrownBy(() => synthesizeToFolder({ ...small, name: '../evil' }, join(root, 'x')));
    expect(error.code).toBe('dataset/bad-name');
    expect(await readdir(root)).toEqual([]);
  });
});

describe('the raw log', () => {
  const cases = RAW_FORMATS.flatMap((format) => [false, true].map((compress) => [format, compress] as const));

  it.each(cases)('has the same interactions, split by time: %s, compressed: %s', async (format, compress) => {
    const folder = join(await makeFolder({}), 'out');
    await synthesizeToFolder(small, folder, { raw: { format, compress } });
    expect(await readdir(join(folder, 'raw'))).toEqual([`interactions.${format}${compress ? '.gz' : ''}`, 'items.txt']);
    const items = (await readFile(join(folder, 'raw', 'items.txt'), 'utf8')).trim().split('\n');
    expect(items).toHaveLength(60);

    const { train, validation, test, userCount } = await readDataset(folder);
    const rows = await readLog(folder, format, compress);
    for (let user = 0; user < userCount; user++) {
      const ofUser = rows.filter((row) => row.user_id === `u${user}`).sort((a, b) => a.timestamp - b.timestamp);
      const inOrder = ofUser.map((row) => items.indexOf(row.item_id));
      let at = 0;
      for (const split of [train, validation, test]) {
        const expected = Array.from(itemsOf(split, user));
        expect(inOrder.slice(at, at + expected.length).sort((a, b) => a - b)).toEqual(expected);
        at += expected.length;
      }
      expect(inOrder).toHaveLength(at);
      expect(new Set(ofUser.map(({ timestamp }) => timestamp)).size).toBe(at);
      expect(Math.max(...ofUser.map(({ rating }) => rating))).toBe(5);
    }
    expect(new Set(rows.map(({ rating }) => rating))).toEqual(new Set([1, 2, 3, 4, 5]));
  });
});

interface Row {
  readonly user_id: string;
  readonly item_id: string;
  readonly rating: number;
  readonly timestamp: number;
}

async function readLog(folder: string, format: RawFormat, compressed: boolean): Promise<Row[]> {
  const bytes = await readFile(join(folder, 'raw', `interactions.${format}${compressed ? '.gz' : ''}`));
  const lines = (compressed ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  if (format === 'jsonl') return lines.map((line) => JSON.parse(line));
  const separator = format === 'csv' ? ',' : '\t';
  expect(lines.shift()).toBe(['user_id', 'item_id', 'rating', 'timestamp'].join(separator));
  return lines.map((line) => {
    const [user, item, rating, timestamp] = line.split(separator);
    return { user_id: user!, item_id: item!, rating: Number(rating), timestamp: Number(timestamp) };
  });
}
