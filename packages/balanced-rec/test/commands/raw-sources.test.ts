import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readDataset } from '@balanced-rec/datasets';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, expect, test } from 'vitest';
import { writeImageModel, writeTextModel } from '../../../features/test/tiny-models.js';
import { repository, runWell } from '../support/cli.js';

// Real data may not be redistributed, so it is kept next to the repository, if at all.
const data = resolve(repository, '../shared/data');
let root: string;
let models: string;

beforeAll(async () => {
  root = await scratchFolder();
  models = join(root, 'models');
  // Stored under the names of the default encoders, which are otherwise downloaded.
  await writeTextModel(join(models, 'Xenova/all-MiniLM-L6-v2'));
  await writeImageModel(join(models, 'Xenova/clip-vit-base-patch32'));
});

/** From a raw source to a trained model with the two commands in docs/data.md. */
function onReal(
  name: string,
  sources: readonly string[],
  prepare: readonly string[],
  check: () => Promise<void>,
): void {
  const missing = sources.map((source) => join(data, source)).find((path) => !existsSync(path));
  test.skipIf(missing)(`${name}${missing ? ` (skipped: ${missing} is missing)` : ''}`, async () => {
    const documented = `balanced-rec prepare ${prepare.join(' ')} --out ${name}\nbalanced-rec train ${name} --backbone vbpr`;
    expect(readFileSync(join(repository, 'docs/data.md'), 'utf8')).toContain(documented);
    const paths = prepare.map((word) => (word.includes('/') ? join(data, word) : word));
    await runWell(['prepare', ...paths, '--model-folder', models, '--out', name], root);
    await check();
    const { stdout } = await runWell(
      ['train', name, '--backbone', 'vbpr', '--variant', 'plain', '--max-epochs', '2', '--out', `${name}-run`],
      root,
    );
    expect(stdout).toMatch(/^test recall@20 0\.\d{4}$/m);
    expect(existsSync(join(root, `${name}-run/models/${name}--vbpr--plain--s1`))).toBe(true);
  });
}

onReal(
  'industrial',
  ['raw/amazon-industrial/interactions.csv', 'raw/amazon-industrial/items.jsonl'],
  [
    ...['raw/amazon-industrial/interactions.csv', '--items', 'raw/amazon-industrial/items.jsonl'],
    ...['--split-by', 'leave-one-out', '--text', 'title,description'],
  ],
  async () => {
    const dataset = await readDataset(join(root, 'industrial'));
    expect(dataset).toMatchObject({ userCount: 3285, itemCount: 3530, modalities: ['text'] });
    expect(dataset.features.text!.rows).toBe(3530);
  },
);

onReal(
  'posters',
  ['ml1m/ml1m.inter', 'raw/ml-posters/items.csv', 'raw/ml-posters/images'],
  [
    ...['ml1m/ml1m.inter', '--items', 'raw/ml-posters/items.csv', '--items-key', 'ml1m_item', '--described-only'],
    ...['--text', 'title,text', '--image-column', 'file_item_id', '--image-root', 'raw/ml-posters/images'],
  ],
  async () => {
    const dataset = await readDataset(join(root, 'posters'));
    expect(dataset).toMatchObject({ itemCount: 200, modalities: ['image', 'text'] });
    expect(dataset.features.image!.rows).toBe(200);
  },
);
