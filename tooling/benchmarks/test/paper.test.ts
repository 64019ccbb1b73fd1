import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDataset } from '@balanced-rec/datasets';
import { planComparison, readComparison } from '@balanced-rec/eval';
import { afterAll, describe, expect, test } from 'vitest';
import { addFeatures } from '../src/dry-run/add-features.js';
import { babyColumns, babyFolder, babyInteractions } from '../src/dry-run/baby.js';
import { root } from './run-bench.js';

const paper = await readComparison(join(root, 'examples/paper.yaml'));
const dryRun = await readComparison(join(root, 'examples/paper-dry-run.yaml'));
const baby = join(root, babyInteractions);

const scratch = mkdtempSync(join(tmpdir(), 'paper-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A comparison file with its datasets replaced by one at another path. */
const on = (file: typeof paper, path: string): typeof paper => ({
  ...file,
  comparison: { ...file.comparison, datasets: [{ name: 'baby', path, modalities: ['image', 'text'] }] },
});

describe('examples/paper.yaml', () => {
  test('has the four datasets in the folders docs/paper.md names', () => {
    const page = readFileSync(join(root, 'docs/paper.md'), 'utf8');
    const folders = paper.comparison.datasets.map(({ path }) => path);
    expect(folders).toEqual(['baby', 'sports', 'clothing', 'beauty'].map((name) => `data/amazon/${name}`));
    for (const folder of folders) expect(page).toContain(`pnpm balanced-rec check ${folder} --expect users=`);
    expect(page).toContain('pnpm balanced-rec compare examples/paper.yaml');
  });

  test('reports a missing dataset as one error that names its folder', async () => {
    await expect(planComparison(on(paper, join(scratch, 'data/amazon/baby')), 'wasm')).rejects.toMatchObject({
      code: 'dataset/missing-folder',
      message: expect.stringContaining('data/amazon/baby'),
    });
  });

  test('has the same backbones, variants and metrics as the dry run', () => {
    const { backbones, variants, metrics, cutoffs } = paper.comparison;
    expect(dryRun.comparison).toMatchObject({ variants, metrics, cutoffs });
    expect(dryRun.comparison.backbones.map(({ name }) => name)).toEqual(backbones.map(({ name }) => name));
    expect(dryRun.comparison.datasets).toMatchObject([{ path: babyFolder }]);
  });
});

if (!existsSync(baby)) console.warn(`SKIPPED: the dry run's data: ${babyInteractions} is missing`);
describe.skipIf(!existsSync(baby))('on the interactions of Amazon Baby', { timeout: 240_000 }, () => {
  test('adds features to get the published sizes, and plans all of examples/paper.yaml on the dataset', async () => {
    const folder = join(scratch, 'baby');
    await addFeatures(baby, folder, babyColumns);
    const { problems, summary } = await checkDataset(folder, { probe: false });
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({
      layout: 'lattice',
      userCount: 19_445,
      itemCount: 7050,
      train: 119_674,
      validation: 20_559,
      test: 20_559,
      modalities: [
        { name: 'image', rows: 7050, dimension: 4096 },
        { name: 'text', rows: 7050, dimension: 384 },
      ],
    });
    const { runs } = await planComparison(on(paper, folder), 'wasm');
    // 3 seeds: 2 backbones with plain, ckd, 2 single modalities and 3 ablations; 4 backbones with the first four of these.
    expect(runs).toHaveLength(3 * (2 * 7 + 4 * 4));
    expect((await planComparison(on(dryRun, folder), 'wasm')).runs).toHaveLength(27);
  });

  test('overwrites features with the same bytes for the same seed and different ones for another', async () => {
    const folder = join(scratch, 'narrow');
    const written = async (seed?: number) => {
      await addFeatures(baby, folder, { image: 2, text: 2 }, seed);
      const read = (modality: string) => readFileSync(join(folder, `${modality}_feat.npy`));
      return { image: read('image'), text: read('text') };
    };
    const first = await written();
    expect(await written()).toEqual(first);
    expect(first.image).not.toEqual(first.text);
    expect((await written(2)).image).not.toEqual(first.image);
  });
});
