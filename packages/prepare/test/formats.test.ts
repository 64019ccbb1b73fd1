import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { prepareFiles, preparePaths, tenEach } from './prepared.js';
import { scratchFolder } from './scratch-folder.js';

const rows = tenEach()
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([user_id, item_id, rating, timestamp]) => ({
    user_id,
    item_id,
    rating: Number(rating),
    timestamp: Number(timestamp),
  }));
const lines = (make: (row: (typeof rows)[number]) => string) => `${rows.map(make).join('\n')}\n`;
const byTime = { splitBy: 'user-time', minRating: 2 } as const;
let expected: string;

beforeAll(async () => {
  expected = (await prepareFiles({ 'log.csv': tenEach() }, byTime)).record.hash;
});

describe('builds the same dataset from a log', () => {
  const reviews2014 = lines(({ user_id, item_id, rating, timestamp }) =>
    JSON.stringify({
      reviewerID: user_id,
      asin: item_id,
      helpful: [0, 0],
      overall: rating,
      reviewText: 'a "b"\n{',
      unixReviewTime: timestamp,
      reviewTime: '07 9, 2012',
    }),
  );
  const reviews2023 = lines(({ user_id, item_id, rating, timestamp }) =>
    JSON.stringify({
      rating,
      title: 'x',
      images: [{ a: 1 }],
      asin: 'a variant',
      parent_asin: item_id,
      user_id,
      timestamp: timestamp * 1000,
    }),
  );
  const forms: Record<string, Record<string, string | Uint8Array>> = {
    'in a JSON array with a byte order mark': { 'log.json': `\ufeff${JSON.stringify(rows)}` },
    'with CRLF and a byte order mark': { 'log.csv': `\ufeff${tenEach().replaceAll('\n', '\r\n')}` },
    'without a final line end': { 'log.csv': tenEach().trimEnd() },
    'with tabs': { 'log.tsv': tenEach().replaceAll(',', '\t') },
    'with semicolons, under any file name': { 'log.dat': tenEach().replaceAll(',', ';') },
    'with quoted fields': { 'log.csv': tenEach().replaceAll(/[^,\n]+/g, '"$&"') },
    'in JSON Lines': { 'log.jsonl': lines((row) => JSON.stringify(row)) },
    'in a JSON array': { 'log.json': JSON.stringify(rows) },
    'in a JSON array over many lines': { 'log.json': JSON.stringify(rows, null, 2) },
    'in gzip': { 'log.csv.gz': gzipSync(tenEach()) },
    'in gzip without .gz in its name': { 'log.csv': gzipSync(tenEach()) },
    'in gzipped JSON Lines': { 'log.json.gz': gzipSync(lines((row) => JSON.stringify(row))) },
    'in UTF-16 with --encoding': { 'log.csv': Buffer.from(`\ufeff${tenEach()}`, 'utf16le') },
    "in the form of Amazon's 2014 reviews": { 'reviews_X_5.json.gz': gzipSync(reviews2014) },
    "in the form of Amazon's 2023 reviews": { 'X.jsonl': reviews2023 },
    'with other column names in another order': {
      'log.csv': `Date,Stars,movieId,userId\n${lines(({ user_id, item_id, rating, timestamp }) =>
        [new Date(1e9 * timestamp).toISOString(), rating, item_id, user_id].join(','),
      )}`,
    },
    "with RecBole's column names": {
      'log.inter': tenEach()
        .replace(/.*/, 'user_id:token,item_id:token,rating:float,timestamp:float')
        .replaceAll(',', '\t'),
    },
  };
  test.each(Object.entries(forms))('%s', async (form, files) => {
    const encoding = form.startsWith('in UTF-16') ? 'utf-16' : 'utf-8';
    expect((await prepareFiles(files, { ...byTime, encoding })).record.hash).toBe(expected);
  });

  test.each([
    ['parquet', 'FORMAT parquet'],
    ['csv.zst', 'FORMAT csv, HEADER true, COMPRESSION zstd'],
    ['jsonl.zst', 'FORMAT json, COMPRESSION zstd'],
  ])('in %s', async (ending, how) => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'log.csv'), tenEach());
    const file = join(folder, `copy.${ending}`);
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT *, [1, 2] AS list FROM read_csv('${folder}/log.csv') ) TO '${file}' (${how})`.replace(
        ending === 'csv.zst' ? ', [1, 2] AS list' : '\u0000',
        '',
      ),
    );
    connection.closeSync();
    expect((await preparePaths([file], byTime)).record.hash).toBe(expected);
  });

  test("without a header, with MovieLens's delimiter", async () => {
    const files = { 'ratings.dat': lines((row) => Object.values(row).join('::')) };
    const columns = ['user', 'item', 'rating', 'time'];
    expect((await prepareFiles(files, { ...byTime, columns })).record.hash).toBe(expected);
  });

  test('in several files of different formats, by name and by pattern', async () => {
    const half = rows.length / 2;
    const csv = `timestamp,item_id,user_id,rating\n${rows
      .slice(0, half)
      .map(({ user_id, item_id, rating, timestamp }) => [timestamp, item_id, user_id, rating].join(','))
      .join('\n')}`;
    const json = JSON.stringify(rows.slice(half));
    const files = { 'part-1.csv': csv, 'part-2.json': json, 'notes.txt': 'nothing' };
    for (const interactions of [['part-1.csv', 'part-2.json'], ['part-*']]) {
      const { record } = await prepareFiles(files, { ...byTime, interactions });
      expect(record.hash).toBe(expected);
      expect(record.sources.map(({ format }) => format)).toEqual(['csv', 'json']);
    }
  });

  test('in an existing file with pattern characters in its name', async () => {
    expect((await prepareFiles({ "it's [1] lo*g?.csv": tenEach() }, byTime)).record.hash).toBe(expected);
  });

  const named = (name: string) => tenEach().replaceAll('u0', name);
  const euro = Buffer.from(named('J\u00f6rg \u0080 \u0093x\u0094'), 'latin1');
  const encodings: [encoding: string, file: string, bytes: Uint8Array, user: string][] = [
    ['latin-1', 'log.csv', euro, 'Jörg € “x”'],
    ['windows-1252', 'log.csv', euro, 'Jörg € “x”'],
    ['cp1252', 'log.csv.gz', gzipSync(euro), 'Jörg € “x”'],
    ['windows-1251', 'log.csv', Buffer.from(named('\u00c8\u00e2\u00e0\u00ed'), 'latin1'), 'Иван'],
    ['shift_jis', 'log.csv', Buffer.from(named('\u0083\u0041'), 'latin1'), 'ア'],
    ['utf-16', 'log.csv', Buffer.from(`\ufeff${named('Jörg')}`, 'utf16le').swap16(), 'Jörg'],
  ];
  test.each(encodings)('in %s with --encoding, as %s', async (encoding, file, bytes, user) => {
    expect((await prepareFiles({ [file]: bytes }, { encoding })).users).toContain(user);
  });

  test('but not in bytes that the encoding does not have', async () => {
    const error = await thrownBy(() => prepareFiles({ 'log.csv': euro }, { encoding: 'gbk' }));
    expect(error).toMatchObject({ code: 'prepare/bad-encoding' });
    expect(error.details.expected).toBe('text in gbk');
  });

  test('with quotation marks as plain text if set', async () => {
    const { users } = await prepareFiles(
      { 'log.tsv': tenEach().replaceAll(',', '\t').replaceAll('u0', '"u0') },
      { quote: 'none' },
    );
    expect(users).toHaveLength(3);
  });
});
