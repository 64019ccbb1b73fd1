import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataset } from '@balanced-rec/datasets';
import { itemsOf } from '@balanced-rec/interactions';
import { describe, expect, test } from 'vitest';
import { prepareFiles, preparePaths, tenEach } from './prepared.js';

/**
 * Reads a table as MMRec's `RecDataset` does with pandas: tab-separated, columns by name, numbers throughout. The counts are
 * the largest ids plus one, and a split is the rows with one label.
 */
async function readAsMmrec(file: string) {
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^userID\titemID\tx_label\n(?:(?:0|[1-9]\d*)\t(?:0|[1-9]\d*)\t[012]\n)+$/);
  const [, ...lines] = text.trimEnd().split('\n');
  const rows = lines.map((line) => line.split('\t').map(Number) as [number, number, number]);
  return {
    users: Math.max(...rows.map(([user]) => user)) + 1,
    items: Math.max(...rows.map(([, item]) => item)) + 1,
    splits: [0, 1, 2].map((label) => rows.filter((row) => row[2] === label).map(([user, item]) => `${user} ${item}`)),
    order: rows.map(([user, item]) => user * 1e6 + item),
  };
}

describe('writes', () => {
  test("the table that MMRec's loader needs", async () => {
    const { folder, record, dataset } = await prepareFiles({ 'log.csv': tenEach(20) });
    const { users, items, splits, order } = await readAsMmrec(join(folder, 'made.inter'));
    expect({ users, items }).toEqual({ users: record.counts.users, items: record.counts.items });
    for (const [label, split] of [dataset.train, dataset.validation, dataset.test].entries()) {
      const pairs = Array.from({ length: dataset.userCount }, (_, user) =>
        Array.from(itemsOf(split, user), (item) => `${user} ${item}`),
      ).flat();
      expect(splits[label]).toEqual(pairs);
    }
    expect(order).toEqual([...order].sort((one, other) => one - other));
    // MMRec leaves out validation and test users that are not in training. There are none here.
    const trained = new Set(splits[0]!.map((pair) => pair.split(' ')[0]));
    expect([...splits[1]!, ...splits[2]!].every((pair) => trained.has(pair.split(' ')[0]))).toBe(true);
  });

  test('LATTICE files with every user in all three, and the same content', async () => {
    const mmrec = await prepareFiles({ 'log.csv': tenEach(20) });
    const lattice = await prepareFiles({ 'log.csv': tenEach(20) }, { layout: ['lattice'] });
    expect(lattice.dataset.layout).toBe('lattice');
    expect(lattice.dataset.hash).toBe(mmrec.dataset.hash);
    for (const name of ['train', 'val', 'test']) {
      const lists = JSON.parse(await readFile(join(lattice.folder, '5-core', `${name}.json`), 'utf8'));
      expect(Object.keys(lists)).toEqual(Array.from({ length: 20 }, (_, user) => String(user)));
    }
  });

  test('a folder in both layouts that is read without ambiguity', async () => {
    const { folder, record } = await prepareFiles({ 'log.csv': tenEach(20) }, { layout: ['mmrec', 'lattice'] });
    for (const layout of [undefined, 'mmrec', 'lattice'] as const) {
      expect((await readDataset(folder, { requireFeatures: false, layout })).hash).toBe(record.hash);
    }
  });

  test('the same table when preparing a prepared table again', async () => {
    const first = await prepareFiles({ 'log.csv': tenEach(20) });
    const again = await preparePaths([join(first.folder, 'made.inter')]);
    expect(again.record.splitBy).toBe('column');
    expect(again.record.hash).toBe(first.record.hash);
    expect(await readFile(join(again.folder, 'made.inter'))).toEqual(await readFile(join(first.folder, 'made.inter')));
  });
});
