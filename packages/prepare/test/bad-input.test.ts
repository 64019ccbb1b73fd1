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

describe('what is wrong with a file is told with its place and what to do', () => {
  const cases: [string, Record<string, string | Uint8Array>, string, RegExp][] = [
    ['an empty file', { 'a.csv': '' }, 'prepare/empty-file', /a\.csv$/],
    ['nothing but line ends', { 'a.csv': '\n\r\n \n' }, 'prepare/empty-file', /a\.csv$/],
    ['names without rows', { 'a.csv': 'user,item\n' }, 'prepare/no-rows', /a\.csv$/],
    ['an empty line before the names', { 'a.csv': `\n${tenEach()}` }, 'prepare/empty-file', /a\.csv:1$/],
    ['too few fields', { 'a.csv': 'user,item,time\na,b,1\na,c\n' }, 'prepare/malformed-row', /a\.csv:3$/],
    ['too many fields', { 'a.csv': 'user,item\na,b\na,c,d\n' }, 'prepare/malformed-row', /a\.csv:3$/],
    ['an open quotation', { 'a.csv': 'user,item\n"a,b\na,c\n' }, 'prepare/malformed-row', /a\.csv:2$/],
    ['line ends of two kinds', { 'a.csv': 'user,item\na,b\r\na,c\na,d\r\n' }, 'prepare/malformed-row', /a\.csv/],
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
      'gzip that is cut off',
      { 'a.csv.gz': gzipSync(tenEach(3000)).subarray(0, 5000) },
      'prepare/bad-compression',
      /a\.csv\.gz$/,
    ],
    ['gzip that is none', { 'a.csv.gz': tenEach() }, 'ok', /./],
    [
      'an array that is cut off behind an object',
      { 'a.json': array.slice(0, array.indexOf('}') + 1) },
      'prepare/malformed-json',
      /a\.json$/,
    ],
    ['an array that is cut off in an object', { 'a.json': array.slice(0, -5) }, 'prepare/malformed-json', /a\.json$/],
    ['JSON that is none', { 'a.json': tenEach() }, 'prepare/malformed-json', /a\.json$/],
    ["Python's dictionaries", { 'a.json': "{'asin': 'x', 'user': 'y'}\n" }, 'prepare/malformed-json', /a\.json$/],
    ['numbers instead of objects', { 'a.json': '[1, 2, 3]' }, 'prepare/malformed-json', /a\.json$/],
    [
      'a name twice in an object',
      { 'a.json': '{"user": "a", "item": 1, "user": "b"}' },
      'prepare/malformed-json',
      /a\.json$/,
    ],
    ['Parquet by name alone', { 'a.parquet': tenEach() }, 'prepare/wrong-format', /a\.parquet$/],
    ['Parquet that is cut off', { 'a.parquet': 'PAR1 and no more' }, 'prepare/malformed-parquet', /a\.parquet$/],
    ['Parquet under another name', { 'a.csv': 'PAR1 and no more' }, 'prepare/wrong-format', /a\.csv$/],
    ['a name that tells no format', { 'a.xlsx': tenEach() }, 'prepare/unknown-format', /a\.xlsx$/],
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
    // Not a word of DuckDB's advice to those who write SQL.
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
  ])('a %s "%s" is told by its row, or left out where told', async (role, value) => {
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
    expect(error.message).toContain('2 rows cannot be used');
    expect(error.details.place).toMatch(new RegExp(`log\\.csv: row 5, column "${role}" \\(${role}\\)$`));
    expect(error.details.found).toBe(value === '' ? 'nothing' : `"${value}"`);
    const { record, users } = await prepareFiles(files, { ...options, dropBadRows: true });
    expect(record.badRows).toBe(2);
    expect(users).toEqual(['a', 'b']);
  });

  test('dates and numbers in one column are refused', async () => {
    const files = { 'log.csv': 'user,item,time\na,1,5\na,2,2014-05-20\na,3,6\n' };
    const error = await thrownBy(() => prepareFiles(files, { splitBy: 'user-time' }));
    expect(error).toMatchObject({ code: 'prepare/mixed-times', details: { found: '1 dates and 2 numbers' } });
  });

  test('paths to nothing, to a folder, and of an unknown kind', async () => {
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

  test('an output folder that cannot be made, and one that has the log in it', async () => {
    const folder = await scratchFolder();
    const log = join(folder, 'log.csv');
    await writeFile(log, tenEach());
    const under = await thrownBy(() => prepare({ interactions: [log], out: join(log, 'made') }));
    expect(under.code).toMatch(/^(files\/gone|dataset\/folder-exists)$/);
    const within = await thrownBy(() => prepare({ interactions: [log], out: folder, name: 'x', overwrite: true }));
    expect(within.details).toMatchObject({ code: 'prepare/source-in-output', place: log });
    expect(await readdir(folder)).toEqual(['log.csv']);
  });

  test('too little memory is told as that', async () => {
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
    '%s, where httpfs cannot be had',
    async (path) => {
      const folder = await scratchFolder();
      const error = await thrownBy(() =>
        prepare({
          interactions: [path],
          out: join(folder, 'made'),
          extensionFolder: join(folder, 'extensions'),
          // Nobody listens there.
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

describe('options', () => {
  const good = { interactions: ['a.csv'], out: 'x' };
  test.each([
    [{ ...good, minRatin: 4 }, /no option "minRatin"/, 'did you mean "minRating"?'],
    [{ ...good, splitBy: 'randm' }, /does not fit/, 'did you mean "random"?'],
    [{ ...good, ratios: '8:1' }, /does not fit/, 'correct the value'],
    [{ ...good, ratios: '1:1:0' }, /does not fit/, 'correct the value'],
    [{ ...good, core: 0 }, /does not fit/, 'correct the value'],
    [{ ...good, memory: 'lots' }, /does not fit/, 'correct the value'],
    [{ ...good, memory: '5MB' }, /does not fit/, 'correct the value'],
    [{ ...good, delimiter: '\n' }, /does not fit/, 'correct the value'],
    [{ out: 'x' }, /"interactions" is missing/, 'correct the value'],
    [[], /does not fit/, 'correct the value'],
  ])('%j', async (options, message, remedy) => {
    const error = await thrownBy(() => parsePrepareOptions(options));
    expect(error.code).toBe('prepare/bad-option');
    expect(error.message).toMatch(message);
    expect(error.details.remedy).toBe(remedy);
  });

  test('a name that leaves the folder is refused', async () => {
    const error = await thrownBy(() => prepare({ interactions: ['a.csv'], out: 'x', name: '../evil' }));
    expect(error.code).toBe('dataset/bad-name');
  });
});
