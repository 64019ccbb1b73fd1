import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { parsePrepareOptions, prepare } from '../src/index.js';
import { prepareFiles, tenEach } from './prepared.js';
import { scratchFolder } from './scratch-folder.js';

const utf16 = Buffer.from(`\ufeff${tenEach()}`, 'utf16le');
const latin1 = Buffer.from(tenEach().replace('u1', 'Jörg'), 'latin1');
const array = JSON.stringify([
  { user: 'a', item: 'b' },
  { user: 'c', item: 'd' },
]);

describe('reports a problem in a file with its place and a remedy', () => {
  const cases: [string, Record<string, string | Uint8Array>, string, RegExp][] = [
    ['an empty file', { 'a.csv': '' }, 'prepare/empty-file', /a\.csv$/],
    ['only line ends', { 'a.csv': '\n\r\n \n' }, 'prepare/empty-file', /a\.csv$/],
    ['a header without rows', { 'a.csv': 'user,item\n' }, 'prepare/no-rows', /a\.csv$/],
    ['an empty line before the header', { 'a.csv': `\n${tenEach()}` }, 'prepare/empty-file', /a\.csv:1$/],
    ['too few fields', { 'a.csv': 'user,item,time\na,b,1\na,c\n' }, 'prepare/malformed-row', /a\.csv:3$/],
    ['too many fields', { 'a.csv': 'user,item\na,b\na,c,d\n' }, 'prepare/malformed-row', /a\.csv:3$/],
    ['an unclosed quote', { 'a.csv': 'user,item\n"a,b\na,c\n' }, 'prepare/malformed-row', /a\.csv:2$/],
    ['mixed line ends', { 'a.csv': 'user,item\na,b\r\na,c\na,d\r\n' }, 'prepare/malformed-row', /a\.csv/],
    ['latin-1', { 'a.csv': latin1 }, 'prepare/bad-encoding', /a\.csv:12$/],
    ['UTF-16', { 'a.csv': utf16 }, 'prepare/bad-encoding', /a\.csv$/],
    ['UTF-16 JSON', { 'a.json': Buffer.from(`\ufeff${array}`, 'utf16le') }, 'prepare/bad-encoding', /a\.json$/],
    [
      'a missing user',
      { 'a.csv': 'user,item\na,b\n,c\n' },
      'prepare/bad-value',
      /a\.csv: row 2, column "user" \(user\)$/,
    ],
    [
      'truncated gzip',
      { 'a.csv.gz': gzipSync(tenEach(3000)).subarray(0, 5000) },
      'prepare/bad-compression',
      /a\.csv\.gz$/,
    ],
    ['uncompressed text named .gz', { 'a.csv.gz': tenEach() }, 'ok', /./],
    [
      'an array truncated after an object',
      { 'a.json': array.slice(0, array.indexOf('}') + 1) },
      'prepare/malformed-json',
      /a\.json$/,
    ],
    ['an array truncated inside an object', { 'a.json': array.slice(0, -5) }, 'prepare/malformed-json', /a\.json$/],
    ['text named .json', { 'a.json': tenEach() }, 'prepare/malformed-json', /a\.json$/],
    ['Python dictionaries', { 'a.json': "{'asin': 'x', 'user': 'y'}\n" }, 'prepare/malformed-json', /a\.json$/],
    ['numbers instead of objects', { 'a.json': '[1, 2, 3]' }, 'prepare/malformed-json', /a\.json$/],
    [
      'a duplicate key in an object',
      { 'a.json': '{"user": "a", "item": 1, "user": "b"}' },
      'prepare/malformed-json',
      /a\.json$/,
    ],
    ['Parquet in name only', { 'a.parquet': tenEach() }, 'prepare/wrong-format', /a\.parquet$/],
    ['truncated Parquet', { 'a.parquet': 'PAR1 and no more' }, 'prepare/malformed-parquet', /a\.parquet$/],
    ['Parquet under another name', { 'a.csv': 'PAR1 and no more' }, 'prepare/wrong-format', /a\.csv$/],
    ['an unknown extension', { 'a.xlsx': tenEach() }, 'prepare/unknown-format', /a\.xlsx$/],
  ];
  test.each(cases)('%s', async (_, files, code, place) => {
    const folder = await scratchFolder();
    const [name, content] = Object.entries(files)[0]!;
    await writeFile(join(folder, name), content);
    const preparing = () => prepare({ interactions: [join(folder, name)], out: join(folder, 'made') });
    if (code === 'ok') return expect(await preparing()).toMatchObject({ counts: { users: 3 } });
    const error = await thrownBy(preparing);
    expect(error.code).toBe(code);
    expect(error.details.place).toMatch(place);
    expect(error.details.place).toContain(folder);
    for (const part of ['expected', 'found', 'remedy'] as const) expect(error.details[part]).toBeTruthy();
    // None of DuckDB's advice to SQL users.
    expect(error.message).not.toMatch(/ignore_errors|strict_mode|auto_detect|SELECT/);
    expect(await readdir(folder)).toEqual([name]);
  });

  test.each([
    ['rating', 'NaN'],
    ['rating', 'good'],
    ['rating', ''],
    ['time', 'yesterday'],
    ['time', 'inf'],
    ['split', '3'],
  ])('reports the row of a %s "%s", or drops it if asked to', async (role, value) => {
    const example = { rating: '5', time: '2014-05-20', split: 'train' }[role]!;
    const lines = ['a,1', 'a,2', 'a,3', 'a,4', 'b,1', 'b,2', 'b,3'].map(
      (pair, at) => `${pair},${role === 'split' ? at % 3 : example}`,
    );
    const files = {
      'log.csv': [`user,item,${role}`, ...lines.slice(0, 4), `c,4,${value}`, ...lines.slice(4), `d,9,${value}`].join(
        '\n',
      ),
    };
    const options = { rating: { minRating: 1 }, time: { splitBy: 'user-time' as const }, split: {} }[role]!;
    const error = await thrownBy(() => prepareFiles(files, options));
    expect(error.code).toBe('prepare/bad-value');
    expect(error.message).toContain('2 rows are invalid');
    expect(error.details.place).toMatch(new RegExp(`log\\.csv: row 5, column "${role}" \\(${role}\\)$`));
    expect(error.details.found).toBe(value === '' ? 'nothing' : `"${value}"`);
    const { record, users } = await prepareFiles(files, { ...options, dropBadRows: true });
    expect(record.badRows).toBe(2);
    expect(users).toEqual(['a', 'b']);
  });

  test('refuses dates and numbers in one column', async () => {
    const files = { 'log.csv': 'user,item,time\na,1,5\na,2,2014-05-20\na,3,6\n' };
    const error = await thrownBy(() => prepareFiles(files, { splitBy: 'user-time' }));
    expect(error).toMatchObject({ code: 'prepare/mixed-times', details: { found: '1 dates and 2 numbers' } });
  });

  test('refuses paths that do not exist, are folders, or have an unknown scheme', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'ratings.csv'), tenEach());
    await mkdir(join(folder, 'logs.csv'));
    const of = (path: string) => thrownBy(() => prepare({ interactions: [path], out: join(folder, 'made') }));
    const slip = await of(join(folder, 'rating.csv'));
    expect(slip.details).toMatchObject({
      code: 'prepare/missing-file',
      remedy: `did you mean ${join(folder, 'ratings.csv')}?`,
    });
    expect((await of(join(folder, '*.tsv'))).code).toBe('prepare/missing-file');
    expect((await of(join(folder, 'logs.csv'))).details).toMatchObject({
      code: 'prepare/unreadable-file',
      found: 'a folder',
    });
    expect((await of('ftp://example.org/a.csv')).code).toBe('prepare/unsupported-path');
    expect((await readdir(folder)).sort()).toEqual(['logs.csv', 'ratings.csv']);
  });

  test('refuses an output folder that cannot be created, and one that contains the log', async () => {
    const folder = await scratchFolder();
    const log = join(folder, 'log.csv');
    await writeFile(log, tenEach());
    const under = await thrownBy(() => prepare({ interactions: [log], out: join(log, 'made') }));
    expect(under.code).toMatch(/^(files\/gone|dataset\/folder-exists)$/);
    const within = await thrownBy(() => prepare({ interactions: [log], out: folder, name: 'x', overwrite: true }));
    expect(within.details).toMatchObject({ code: 'prepare/source-in-output', place: log });
    expect(await readdir(folder)).toEqual(['log.csv']);
  });

  test('reports insufficient memory as such', async () => {
    const folder = await scratchFolder();
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT i % 999 AS user, repeat(i::VARCHAR, 40000) AS item FROM range(3000) t(i)) TO '${folder}/log.parquet' (FORMAT parquet)`,
    );
    connection.closeSync();
    const error = await thrownBy(() =>
      prepare({ interactions: [join(folder, 'log.parquet')], out: join(folder, 'made'), memory: '128MB', threads: 8 }),
    );
    expect(error.code).toBe('prepare/out-of-memory');
    expect(error.details.remedy).toContain('--memory');
    expect(await readdir(folder)).toEqual(['log.parquet']);
  });
});

describe('remote files', () => {
  test.each(['https://example.org/log.csv', 's3://bucket/logs/*.parquet'])(
    'refuses %s if httpfs is unavailable',
    async (path) => {
      const folder = await scratchFolder();
      const error = await thrownBy(() =>
        prepare({
          interactions: [path],
          out: join(folder, 'made'),
          extensionFolder: join(folder, 'extensions'),
          // Nothing listens on this port.
          extensionRepository: 'http://127.0.0.1:9',
        }),
      );
      expect(error.code).toBe('prepare/no-remote-files');
      expect(error.details).toMatchObject({
        place: path,
        expected: expect.stringContaining('httpfs'),
        found: expect.stringContaining('127.0.0.1:9'),
      });
      expect(error.details.remedy).toMatch(/--extension-repository.*--extension-folder/);
      expect(await readdir(folder)).not.toContain('made');
    },
  );
});

describe('refuses the options', () => {
  const good = { interactions: ['a.csv'], out: 'x' };
  test.each([
    [{ ...good, minRatin: 4 }, /unknown option "minRatin"/, 'did you mean "minRating"?'],
    [{ ...good, splitBy: 'randm' }, /invalid value/, 'did you mean "random"?'],
    [{ ...good, ratios: '8:1' }, /invalid value/, 'correct the value'],
    [{ ...good, ratios: '1:1:0' }, /invalid value/, 'correct the value'],
    [{ ...good, core: 0 }, /invalid value/, 'correct the value'],
    [{ ...good, memory: 'lots' }, /invalid value/, 'correct the value'],
    [{ ...good, memory: '5MB' }, /invalid value/, 'correct the value'],
    [{ ...good, delimiter: '\n' }, /invalid value/, 'correct the value'],
    [{ out: 'x' }, /"interactions" is missing/, 'correct the value'],
    [[], /invalid value/, 'correct the value'],
  ])('%j', async (options, message, remedy) => {
    const error = await thrownBy(() => parsePrepareOptions(options));
    expect(error.code).toBe('prepare/bad-option');
    expect(error.message).toMatch(message);
    expect(error.details.remedy).toBe(remedy);
  });

  test('with a name that escapes the folder', async () => {
    const error = await thrownBy(() => prepare({ interactions: ['a.csv'], out: 'x', name: '../evil' }));
    expect(error.code).toBe('dataset/bad-name');
  });
});
