import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, repository, runCli, runWell } from './support/cli.js';

/** Inputs that other tools stumble over. The repository does not include them. */
const cases = join(repository, '../shared/cases');
const isThere = existsSync(cases);
if (!isThere) console.log(`${cases} is missing: its inputs are not tried`);

/** What came out, by input. */
const outcomes: string[] = [];
let root: string;

async function lines(...path: string[]): Promise<string[]> {
  return (await readFile(join(root, ...path), 'utf8')).trimEnd().split('\n');
}

const ENCODERS = `
const make = (name, kind, dimension, encode) => ({
  name, kind, create: async () => ({ name, kind, dimension, identity: { version: 1 }, encode }),
});
export const lengths = make('lengths', 'text', 2, async (batch) => Float32Array.from(batch.flatMap((t) => [t.length, t.split(' ').length])));
export const sizes = make('sizes', 'image', 2, async (batch) => Float32Array.from(batch.flatMap(({ width, data }) => [width, data[0]])));
`;

beforeAll(async () => {
  root = await scratchFolder();
  await writeFile(join(root, 'encoders.mjs'), ENCODERS);
});

afterAll(() => {
  if (isThere) console.log(outcomes.join('\n'));
});

describe.skipIf(!isThere)('inputs that other tools stumble over', () => {
  const at = (...path: string[]) => join(cases, ...path);
  const prepare = async (out: string, ...args: string[]) => {
    const { stdout } = await runWell(['prepare', ...args, '--out', out], root);
    return stdout;
  };
  const says = (input: string, outcome: string) => outcomes.push(`${input}: ${outcome}`);

  test.each(['baskets.jsonl', 'sessions.parquet'])('list-ids/%s: one interaction per item', async (file) => {
    const stdout = await prepare(file, at('list-ids', file));
    const line = stdout.split('\n').find((text) => text.includes('come from lists in item_id'));
    expect(line).toBeDefined();
    expect((await lines(file, 'items.tsv')).filter((row) => /[[{]/.test(row))).toEqual([]);
    says(`list-ids/${file}`, line!);
  });

  test('float-ids: 1.0 in the log finds 1 in the descriptions', async () => {
    const items = ['--items', at('float-ids', 'items.jsonl'), '--described-only'];
    const stdout = await prepare('floats', at('float-ids', 'floatlog.parquet'), ...items);
    expect(stdout).toContain('items: 12 described');
    expect((await lines('floats', 'items.tsv'))[1]).toBe('0\t1');
    says('float-ids', '12 of 12 items described');
  });

  test('numeric-image-names: numbers name images and keep their digits', async () => {
    const [log, items] = [at('numeric-image-names', 'min-log.csv'), at('numeric-image-names', 'min-items.jsonl')];
    await prepare('images', log, '--items', items);
    expect((await lines('images', 'items.jsonl')).map((line) => /"video":(\d+)/.exec(line)![1])).toEqual([
      '9007199254740993',
      '9007199254740995',
      '7123456789012345601',
    ]);
    const images = ['--image-column', 'photo_id', '--image-root', at('numeric-image-names', 'min-img')];
    const { stdout } = await runWell(['features', 'images', ...images, '--encoder', './encoders.mjs#sizes'], root);
    expect(stdout).toBe('image: 3 x 2 in images/image_feat.npy\n');
    says('numeric-image-names', '3 of 3 images encoded; numbers above 2^53 keep their digits');
  });

  test('tables/min.csv: ids with a tab or a line end come back', async () => {
    await prepare('tabs', at('tables', 'min.csv'));
    const text = ['--text', 'item_id', '--encoder', './encoders.mjs#lengths'];
    const { stdout } = await runWell(['features', 'tabs', ...text], root);
    expect(stdout).toBe('text: 3 x 2 in tabs/text_feat.npy\n');
    says('tables/min.csv', 'prepared, and 3 of 3 items encoded from its items.tsv');
  });

  test("tables/items.tsv: pandas' texts over several lines, from prepare and from features", async () => {
    const [log, items] = [at('tables', 'log.csv'), at('tables', 'items.tsv')];
    const encoder = ['--text', 'title,description', '--encoder', './encoders.mjs#lengths'];
    await prepare('described', log, '--items', items);
    await prepare('bare', log);
    await runWell(['features', 'described', ...encoder], root);
    await runWell(['features', 'bare', '--items', items, ...encoder], root);
    const features = await Promise.all(
      ['described', 'bare'].map((name) => readFile(join(root, name, 'text_feat.npy'))),
    );
    expect(features[0]!.equals(features[1]!)).toBe(true);
    says('tables/items.tsv', 'the same features from either reader');
  });

  test('tables/min.json: an object of lists is refused', async () => {
    const result = await runCli(['prepare', at('tables', 'min.json'), '--out', 'object'], root);
    expectOneError(result, {
      ...{ code: 'prepare/no-column', place: 'min.json', expected: /user_id/, found: 'b, c', remedy: /--user/ },
    });
    says('tables/min.json', 'prepare/no-column');
  });

  test('tables/crlf.txt: the first user of a file with a byte order mark is found', async () => {
    const rows = ['007', '1e3', 'x'].flatMap((user) =>
      Array.from({ length: 24 }, (_, n) => `${user},${n + user.length}`),
    );
    await writeFile(join(root, 'log.csv'), `user_id,item_id\n${rows.join('\n')}\n`);
    await prepare('users', join(root, 'log.csv'));
    const items = (await lines('users', 'items.tsv')).slice(1);
    const vectors = items.map((row, n) => JSON.stringify({ id: row.split('\t')[1], vector: [n % 3, 1, n] }));
    await writeFile(join(root, 'vectors.jsonl'), vectors.join('\n'));
    await runWell(['features', 'users', '--modality', 'text', '--vectors', 'vectors.jsonl', '--encoder', 'none'], root);
    const model = ['-b', 'vbpr', '-v', 'plain', '--max-epochs', '1', '-e', 'wasm', '--out', 'run'];
    await runWell(['train', 'users', ...model], root);
    await copyFile(at('tables', 'crlf.txt'), join(root, 'crlf.txt'));
    const { stdout } = await runWell(
      ['recommend', 'run/models/users--vbpr--plain--s1', '--users-file', 'crlf.txt', '-k', '1', '-e', 'wasm'],
      root,
    );
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(['user', '007', '1e3', '']);
    says('tables/crlf.txt', 'users 007 and 1e3');
  });

  test('encodings/cp1252.csv: the error names the encoding that reads it', async () => {
    const file = at('encodings', 'cp1252.csv');
    expectOneError(await runCli(['prepare', file, '--out', 'encoded'], root), {
      ...{ code: 'prepare/bad-encoding', place: 'cp1252.csv:2', expected: /--encoding/, found: /utf-8/ },
      remedy: /--encoding, such as windows-1252/,
    });
    await prepare('encoded', file, '--encoding', 'windows-1252');
    expect(await lines('encoded', 'items.tsv')).toContain('7\t€5');
    says('encodings/cp1252.csv', 'read with --encoding windows-1252');
  });
});
