import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDataset, readDataset } from '../src/index.js';

// Real datasets may not be redistributed. If present, they are in a folder outside the repository.
const root = resolve(import.meta.dirname, '../../../../shared/data');

const sets = [
  { name: 'lfm2k', users: 1858, items: 1425, counts: [44327, 4799, 7219], modalities: ['text', 'audio'] },
  { name: 'tiktok', users: 9308, items: 6710, counts: [59541, 3051, 6130], modalities: ['image', 'audio'] },
  { name: 'ml1m', users: 6035, items: 3229, counts: [402393, 54743, 117302], modalities: ['image', 'text'] },
  { name: 'amazon-baby', users: 19445, items: 7050, counts: [119674, 20559, 20559], modalities: [] },
];

/** Recall@20 of content neighbours, by modality, as measured by another program on other users of the same datasets. */
const measured = [
  { name: 'lfm2k', strengths: { text: 0.272, audio: 0.062 }, popularity: 0.125, strong: 'text', cold: 0, pairs: 12 },
  { name: 'ml1m', strengths: { text: 0.057, image: 0.017 }, popularity: 0.139, strong: 'text', cold: 0, pairs: 9 },
  {
    name: 'tiktok',
    strengths: { image: 0.028, audio: 0.009 },
    popularity: 0.059,
    strong: 'image',
    cold: 465,
    pairs: 4,
  },
];

describe('reads real datasets', () => {
  for (const { name, users, items, counts, modalities } of sets) {
    const path = resolve(root, name);
    const missing = !existsSync(path);
    it.skipIf(missing)(`${name}${missing ? ` (skipped: ${path} does not exist)` : ''}`, async () => {
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

describe('measures real datasets', () => {
  for (const { name, strengths, popularity, strong, cold, pairs } of measured) {
    const path = resolve(root, name);
    const missing = !existsSync(path);
    it.skipIf(missing)(
      `${name}${missing ? ` (skipped: ${path} does not exist)` : ''}`,
      { timeout: 300_000 },
      async () => {
        const started = performance.now();
        const { ok, diagnosis, findings } = await checkDataset(path);
        console.log(`${name}: checked and measured in ${Math.round(performance.now() - started)} ms`);
        expect(ok).toBe(true);
        expect(findings.filter(({ severity }) => severity === 'warning')).toEqual([]);
        expect(diagnosis!.coldItems.count).toBe(cold);
        expect(diagnosis!.nearDuplicates.found.some((found) => found.pairs === pairs)).toBe(true);

        const probe = diagnosis!.probe;
        if ('skipped' in probe) throw new Error(probe.skipped);
        expect(Math.abs(probe.popularity.mean - popularity)).toBeLessThan(0.015);
        for (const [modality, strength] of Object.entries(strengths)) {
          const { recall } = probe.modalities.find((found) => found.modality === modality)!.neighbours;
          expect(Math.abs(recall.mean - strength), modality).toBeLessThan(0.025);
        }
        expect(probe.verdict).toMatch(new RegExp(`: expect a joint model to lean on ${strong}$`));
      },
    );
  }
});
