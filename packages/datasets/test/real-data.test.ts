import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDataset } from '../src/index.js';

// Real datasets may not be redistributed, so they lie beside the repository, where there are any.
const root = resolve(import.meta.dirname, '../../../../shared/data');

const sets = [
  { name: 'lfm2k', users: 1858, items: 1425, counts: [44327, 4799, 7219], modalities: ['text', 'audio'] },
  { name: 'tiktok', users: 9308, items: 6710, counts: [59541, 3051, 6130], modalities: ['image', 'audio'] },
  { name: 'ml1m', users: 6035, items: 3229, counts: [402393, 54743, 117302], modalities: ['image', 'text'] },
  { name: 'amazon-baby', users: 19445, items: 7050, counts: [119674, 20559, 20559], modalities: [] },
];

describe('real datasets', () => {
  for (const { name, users, items, counts, modalities } of sets) {
    const path = resolve(root, name);
    const missing = !existsSync(path);
    it.skipIf(missing)(`${name}${missing ? ` (skipped: there is no ${path})` : ''}`, async () => {
      const started = performance.now();
      const dataset = await readDataset(path, { requireFeatures: modalities.length > 0 });
      console.log(`${name}: read in ${Math.round(performance.now() - started)} ms`);
      expect(dataset.userCount).toBe(users);
      expect(dataset.itemCount).toBe(items);
      expect([dataset.train, dataset.validation, dataset.test].map((split) => split.items.length)).toEqual(counts);
      expect(dataset.modalities).toEqual(modalities);
      expect(dataset.findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
    });
  }
});
