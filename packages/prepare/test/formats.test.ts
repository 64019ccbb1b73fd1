import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, test } from 'vitest';
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

describe('the same log in any form is the same dataset', () => {
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
    'CRLF and a byte order mark': { 'log.csv': `\ufeff${tenEach().replaceAll('\n', '\r\n')}` },
    'no line end at the end': { 'log.csv': tenEach().trimEnd() },
    tabs: { 'log.tsv': tenEach().replaceAll(',', '\t') },
    'semicolons in a file of any name': { 'log.dat': tenEach().replaceAll(',', ';') },
    'quoted fields': { 'log.csv': tenEach().replaceAll(/[^,\n]+/g, '"$&"') },
    'JSON Lines': { 'log.jsonl': lines((row) => JSON.stringify(row)) },
    'a JSON array': { 'log.json': JSON.stringify(rows) },
    'a JSON array over many lines': { 'log.json': JSON.stringify(rows, null, 2) },
    gzip: { 'log.csv.gz': gzipSync(tenEach()) },
    'gzip that its name does not tell': { 'log.csv': gzipSync(tenEach()) },
    'JSON Lines in gzip': { 'log.json.gz': gzipSync(lines((row) => JSON.stringify(row))) },
    'UTF-16 under its option': { 'log.csv': Buffer.from(`\ufeff${tenEach()}`, 'utf16le') },
    "Amazon's reviews of 2014": { 'reviews_X_5.json.gz': gzipSync(reviews2014) },
    "Amazon's reviews of 2023": { 'X.jsonl': reviews2023 },
    'other names and order': {
      'log.csv': `Date,Stars,movieId,userId\n${lines(({ user_id, item_id, rating, timestamp }) =>
        [new Date(1e9 * timestamp).toISOString(), rating, item_id, user_id].join(','),
      )}`,
    },
    "RecBole's names": {
      'log.inter': tenEach()
        .replace(/.*/, 'user_id:token,item_id:token,rating:float,timestamp:float')
        .replaceAll(',', '\t'),
    },
  };
  test.each(Object.entries(forms))('%s', async (form, files) => {
    const encoding = form.startsWith('UTF-16') ? 'utf-16' : 'utf-8';
    expect((await prepareFiles(files, { ...byTime, encoding })).record.hash).toBe(expected);
  });

  test.each([
    ['parquet', 'FORMAT parquet'],
    ['csv.zst', 'FORMAT csv, HEADER true, COMPRESSION zstd'],
    ['jsonl.zst', 'FORMAT json, COMPRESSION zstd'],
  ])('%s', async (ending, how) => {
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

  test("without a line of names, under MovieLens' delimiter", async () => {
    const files = { 'ratings.dat': lines((row) => Object.values(row).join('::')) };
    const columns = ['user', 'item', 'rating', 'time'];
    expect((await prepareFiles(files, { ...byTime, columns })).record.hash).toBe(expected);
  });

  test('in several files of several formats, named and by pattern', async () => {
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

  test('a name with the characters of patterns is a name where there is such a file', async () => {
    expect((await prepareFiles({ "it's [1] lo*g?.csv": tenEach() }, byTime)).record.hash).toBe(expected);
  });

  test('latin-1 under its option', async () => {
    const latin = Buffer.from(tenEach().replaceAll('u0', 'Jörg'), 'latin1');
    expect((await prepareFiles({ 'log.csv': latin }, { encoding: 'latin-1' })).users).toContain('Jörg');
  });

  test('quotation marks are plain text where told', async () => {
    const { users } = await prepareFiles(
      { 'log.tsv': tenEach().replaceAll(',', '\t').replaceAll('u0', '"u0') },
      { quote: 'none' },
    );
    expect(users).toHaveLength(3);
  });
});
