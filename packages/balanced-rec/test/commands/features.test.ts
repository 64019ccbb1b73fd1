import { statSync } from 'node:fs';
import { mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeNpy, encodeNpy, readDataset } from '@balanced-rec/datasets';
import { filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorParts, expectOneError, repository, runCli, runWell, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';

const TITLES = Array.from({ length: 30 }, (_, n) => 'abcdefghij'.slice(n % 10).repeat(1 + (n % 3)));

let root: string;

/** The encoder that the documentation shows. */
async function documented(): Promise<string> {
  const page = await readFile(join(repository, 'docs/features.md'), 'utf8');
  return /^```ts\n([\s\S]*?)^```$/m.exec(page)![1]!;
}

/** A dataset of 30 items with titles; that of item 4 is empty. */
async function datasetWithTitles(name: string): Promise<string> {
  const folder = await tinyDataset(root, { name });
  const lines = TITLES.map((title, n) => JSON.stringify({ item_id: `B${n}`, title: n === 4 ? '' : title }));
  await writeFile(join(folder, 'items.jsonl'), lines.join('\n'));
  return folder;
}

async function bytesOf(folder: string, modality: string): Promise<[Buffer, Buffer]> {
  return [
    await readFile(join(folder, `${modality}_feat.npy`)),
    await readFile(join(folder, `${modality}_features.json`)),
  ];
}

beforeAll(async () => {
  root = await scratchFolder();
  await writeFile(join(root, 'letters.mjs'), await documented());
  const slow = 'await new Promise((resolve) => setTimeout(resolve, 150));';
  await writeFile(join(root, 'slow.mjs'), (await documented()).replace('encode(batch) {', `encode(batch) { ${slow}`));
  await writeFile(join(root, 'broken.mjs'), "import 'not-there-at-all';\n");
  await writeFile(join(root, 'empty.mjs'), 'export const note = 1;\n');
  const scope = join(root, 'node_modules', '@balanced-rec');
  await mkdir(scope, { recursive: true });
  await symlink(await realpath(join(repository, 'packages/features')), join(scope, 'features'));
});

describe('balanced-rec features', () => {
  test('the documented encoder is identical to the example and encodes', async () => {
    expect(await readFile(join(repository, 'examples/library/letters-encoder.ts'), 'utf8')).toBe(await documented());
    const folder = await datasetWithTitles('letters');
    const command = ['features', 'letters', '--text', 'title', '--encoder', './letters.mjs', '--modality', 'words'];
    const { stdout, stderr } = await runWell(command, root);
    expect(stdout).toBe(
      'words: 30 x 26 in letters/words_feat.npy\n' +
        '  29 encoded; 1 filled with their mean: 1 empty\n' +
        '  listed in letters/words_features.json\n',
    );
    expect(stderr).toContain('words: 29 of 29 (100 %)');
    const dataset = await readDataset(folder);
    expect(dataset.modalities).toEqual(['image', 'text', 'words']);
    expect([...dataset.features.words!.values.subarray(0, 3)]).toEqual([1, 1, 1]);
    expect((await runWell(command, root)).stderr).toContain(
      'already extracted from the same inputs with the same settings',
    );
  });

  test('resumes after Ctrl-C and after kill -9, and writes the same bytes', async () => {
    const whole = await datasetWithTitles('whole');
    const command = (name: string) => [
      'features',
      name,
      '--text',
      'title',
      '--encoder',
      './slow.mjs',
      '--modality',
      'words',
      '--batch',
      '2',
    ];
    await runWell(command('whole'), root);
    const folder = await datasetWithTitles('stopped');
    for (const [signal, size] of [
      ['SIGINT', 1],
      ['SIGKILL', 1500],
    ] as const) {
      const { child, ended } = startCli(command('stopped'), root);
      const log = () => filesBelow(folder).find((name) => name.endsWith('.log'));
      await until('something is encoded', () => {
        const name = log();
        return name !== undefined && readSize(join(folder, name)) >= size;
      });
      process.kill(-child.pid!, signal);
      const { code, stderr } = await ended;
      if (signal === 'SIGINT') {
        expect(code, stderr).toBe(130);
        expect(stderr).toContain('the items encoded so far are kept');
      }
      expect(filesBelow(folder).some((name) => name.startsWith('words'))).toBe(false);
    }
    expect((await runWell(command('stopped'), root)).stderr).toContain('resuming at');
    expect(await bytesOf(folder, 'words')).toEqual(await bytesOf(whole, 'words'));
    expect(filesBelow(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('imports existing vectors and prints JSON', async () => {
    const folder = await datasetWithTitles('vectors');
    const values = Float32Array.from({ length: 60 }, (_, n) => n);
    await writeFile(join(root, 'v.npy'), encodeNpy({ rows: 30, columns: 2, values }));
    await writeFile(join(root, 'ids.txt'), TITLES.map((_, n) => `B${29 - n}`).join('\n'));
    const command = ['features', 'vectors', '--encoder', 'none', '--vectors', 'v.npy', '--vector-ids', 'ids.txt'];
    const { stdout } = await runWell([...command, '--modality', 'audio', '--json'], root);
    expect(JSON.parse(stdout)).toMatchObject({ modality: 'audio', rows: 30, dimension: 2, encoded: 30 });
    const path = join(folder, 'audio_feat.npy');
    expect([...decodeNpy(await readFile(path), path).values.subarray(0, 4)]).toEqual([58, 59, 56, 57]);
  });

  interface Refused extends ErrorParts {
    readonly title: string;
    readonly args: readonly string[];
  }

  const refused: Refused[] = [
    {
      ...{ title: 'nothing to encode', args: [], code: 'cli/bad-option', place: 'features' },
      ...{ expected: '--text', found: 'none', remedy: '--help' },
    },
    {
      ...{ title: 'vectors with an encoder', args: ['--vectors', 'v.npy'], code: 'cli/bad-option', place: 'features' },
      ...{ expected: '--encoder none', found: '--vectors', remedy: '--help' },
    },
    {
      ...{
        title: 'vectors without a modality name',
        args: ['--encoder', 'none', '--vectors', 'v.npy'],
        code: 'cli/bad-option',
      },
      ...{ place: 'features', expected: '--modality NAME', found: 'none', remedy: '--help' },
    },
    {
      ...{
        title: 'a misspelt encoder',
        args: ['--text', 'title', '--encoder', 'transformer'],
        code: 'encoder/unknown',
      },
      ...{
        place: '--encoder',
        expected: 'transformers, none',
        found: 'transformer',
        remedy: 'did you mean "transformers"?',
      },
    },
    {
      ...{ title: 'a missing encoder', args: ['--text', 'title', '--encoder', '@nobody-here/mine'] },
      ...{ code: 'encoder/not-installed', place: '--encoder', expected: '@nobody-here/mine', found: 'no such package' },
      remedy: 'npm install @nobody-here/mine',
    },
    {
      ...{
        title: 'a broken encoder',
        args: ['--text', 'title', '--encoder', './broken.mjs'],
        code: 'encoder/broken-package',
      },
      ...{ place: '--encoder', expected: 'loads', found: 'not-there-at-all', remedy: 'fix' },
    },
    {
      ...{ title: 'no encoder', args: ['--text', 'title', '--encoder', './empty.mjs'], code: 'encoder/no-definition' },
      ...{ place: '--encoder', expected: "kind: 'text'", found: 'no encoders', remedy: 'defineEncoder' },
    },
    {
      ...{
        title: 'existing features',
        args: ['--text', 'title', '--encoder', './letters.mjs'],
        code: 'features/exists',
      },
      ...{ place: 'text_feat.npy', expected: 'no feature file', found: 'a feature file', remedy: '--overwrite' },
    },
    {
      ...{ title: 'an unknown column', args: ['--text', 'titel', '--encoder', './letters.mjs', '-m', 'x'] },
      ...{ code: 'items/unknown-column', place: 'items.jsonl', expected: 'column', found: 'title', remedy: '"title"' },
    },
  ];
  test('reports each of these mistakes and changes nothing', async () => {
    const folder = await datasetWithTitles('refused');
    const before = filesBelow(folder);
    for (const { title, args, ...parts } of refused) {
      expectOneError(await runCli(['features', 'refused', ...args], root), parts);
      expect(filesBelow(folder), title).toEqual(before);
    }
  });
});

function readSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
