import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readDataset } from '@balanced-rec/datasets';
import { describe, expect, it } from 'vitest';
import { preparePaths } from './prepared.js';

// Real data may not be redistributed. If present, it is in a folder outside the repository.
const root = resolve(import.meta.dirname, '../../../../shared/data');

function withData(name: string, path: string, act: (path: string) => Promise<void>): void {
  const missing = !existsSync(path);
  it.skipIf(missing)(`${name}${missing ? ` (skipped: ${path} does not exist)` : ''}`, () => act(path));
}

describe('prepares real data', () => {
  withData(
    "amazon-industrial, with its table's users, items and rows",
    join(root, 'raw/amazon-industrial'),
    async (path) => {
      const { folder, record, dataset, items } = await preparePaths([join(path, 'interactions.csv')], {
        items: [join(path, 'items.jsonl')],
        splitBy: 'leave-one-out',
      });
      expect(record.mapping).toMatchObject({
        user: { column: 'user_id', how: 'guessed' },
        item: { column: 'item_id', how: 'guessed' },
        time: { column: 'position', how: 'guessed' },
      });
      expect(record.steps[0]).toMatchObject({ rows: 21_116, users: 3285, items: 3530 });
      expect(record.items).toMatchObject({ rows: 3686, described: 3530, undescribed: 0, unused: 156 });
      expect(dataset.findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
      const described = (await readFile(join(folder, 'items.jsonl'), 'utf8')).trimEnd().split('\n');
      expect(described.map((line) => JSON.parse(line).item_id)).toEqual(items);
      expect(JSON.parse(described[0]!)).toHaveProperty('title');
    },
  );

  for (const name of ['lfm2k', 'tiktok', 'ml1m']) {
    withData(`${name}, unchanged except for gaps in its ids`, join(root, name), async (path) => {
      const original = await readDataset(path, { requireFeatures: false, modalities: [] });
      const { record, dataset, users, items } = await preparePaths([join(path, `${name}.inter`)]);
      expect(record.splitBy).toBe('column');
      const isGapless = users.length === original.userCount && items.length === original.itemCount;
      expect(record.hash === original.hash).toBe(isGapless);
      // Gaps shift the ids, and everything else stays the same.
      expect(dataset.train.items.length).toBe(original.train.items.length);
      const back = Int32Array.from(dataset.train.items, (item) => Number(items[item]));
      expect(back).toEqual(original.train.items);
    });
  }
});
