import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell } from '../support/cli.js';
import { trainedModel } from '../support/trained-model.js';

const WASM = ['-e', 'wasm'];
let root: string;
let data: string;
let model: string;
/** A model saved without its users' interactions. */
let reduced: string;

beforeAll(async () => {
  root = await scratchFolder();
  ({ data, model } = await trainedModel(root, { originals: true }));
  const args = ['-b', 'vbpr', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1', '--set', 'embeddingDim=8'];
  await runWell(['train', data, ...args, ...WASM, '--no-interactions', '--out', join(root, 'reduced')]);
  reduced = join(root, 'reduced/models/tiny--vbpr--plain--s1');
});

const recommend = (folder: string, ...args: string[]) => ['recommend', folder, '--all', '-k', '5', ...WASM, ...args];

describe('a trained model', () => {
  test.each([[[]], [['--seen', 'train,validation,test']], [['--seen', 'none']], [['--ids', 'number']]])(
    'recommends the same without its dataset: %j',
    async (options) => {
      const withData = await runWell(recommend(model, '--data', data, ...options));
      expect((await runWell(recommend(model, ...options))).stdout).toBe(withData.stdout);
    },
  );

  test("recommends from a moved folder, without the dataset and its backbone's package", async () => {
    const elsewhere = await scratchFolder();
    await rename(join(root, 'out/models'), join(elsewhere, 'models'));
    try {
      const { stdout } = await runWell(recommend('models/tiny--vbpr--plain--s1'), elsewhere);
      expect(stdout.split('\n')).toHaveLength(1 + 40 * 5 + 1);
    } finally {
      await rename(join(elsewhere, 'models'), join(root, 'out/models'));
    }
  });

  test('exports the same without its dataset', async () => {
    const [alone, withData] = [join(root, 'alone'), join(root, 'with-data')];
    await runWell(['export', model, ...WASM, '--format', 'npy,pgvector', '--out', alone]);
    await runWell(['export', model, ...WASM, '--format', 'npy,pgvector', '--out', withData, '--data', data]);
    for (const name of await readdir(alone))
      if (name !== 'pgvector')
        expect(await readFile(join(alone, name)), name).toEqual(await readFile(join(withData, name)));
  });

  test('needs its dataset for another view and for a browser export', async () => {
    const place = model;
    expectOneError(await runCli(recommend(model, '--observed', 'text')), {
      ...{ code: 'model/needs-data', place, expected: 'image, text', found: 'text', remedy: '--data DIR' },
    });
    const out = join(root, 'page');
    expectOneError(await runCli(['export', model, ...WASM, '--format', 'browser', '--out', out]), {
      ...{ code: 'export/needs-data', place, expected: 'the dataset', found: 'the model alone', remedy: '--data DIR' },
    });
    expect(await readdir(root)).not.toContain('page');
  });

  test('is refused if its recommender is damaged', async () => {
    const file = join(reduced, 'recommender.safetensors');
    const bytes = await readFile(file);
    await writeFile(file, bytes.with(-1, bytes.at(-1)! ^ 1));
    expectOneError(await runCli(recommend(reduced, '--seen', 'none')), {
      ...{ code: 'checkpoint/damaged', place: file, expected: 'SHA-256', found: 'different', remedy: 'copy it again' },
    });
    await writeFile(file, bytes);
  });
});

describe('a model saved with --no-interactions', () => {
  test("contains none of the users' interactions", async () => {
    const bytes = await readFile(join(reduced, 'recommender.safetensors'));
    const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString('utf8'));
    expect(Object.keys(header).sort()).toEqual(['__metadata__', 'items', 'popularity', 'trained', 'users']);
  });

  test('recommends with nothing excluded, or with its dataset', async () => {
    const args = ['--seen', 'none'];
    const withData = await runWell(recommend(reduced, '--data', data, ...args));
    expect((await runWell(recommend(reduced, ...args))).stdout).toBe(withData.stdout);
    await runWell(recommend(reduced, '--data', data));
  });

  test('is refused if seen items have to be excluded', async () => {
    expectOneError(await runCli(recommend(reduced)), {
      code: 'model/no-interactions',
      place: reduced,
      expected: "the users' interactions",
      found: 'none, and train to exclude',
      remedy: '--seen none',
    });
  });
});
