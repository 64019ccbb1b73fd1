import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashDataset, readDataset, readOriginalIds } from '@balanced-rec/datasets';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { prepare } from '../src/index.js';
import { prepareFiles, tenEach } from './prepared.js';
import { scratchFolder } from './scratch-folder.js';

describe('prepare', () => {
  test('writes a dataset folder, and nothing next to it', async () => {
    const { folder, record, dataset, users, items } = await prepareFiles({ 'log.csv': tenEach() }, { name: 'tiny' });
    expect((await readdir(folder)).sort()).toEqual(['dataset.json', 'items.tsv', 'tiny.inter', 'users.tsv']);
    expect(await readdir(dirname(folder))).toEqual(['made']);
    expect(dataset).toMatchObject({ name: 'tiny', userCount: 3, itemCount: 10, hash: record.hash });
    expect(users).toEqual(['u0', 'u1', 'u2']);
    expect(items).toHaveLength(10);
    expect(hashDataset(dataset)).toBe(record.hash);
  });

  test('records in dataset.json where the data comes from and how it was built', async () => {
    const { folder, record } = await prepareFiles({ 'log.csv': tenEach() }, { seed: 7, minRating: 2 });
    expect(JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))).toEqual(record);
    expect(record).toMatchObject({
      format: 'balanced-rec prepared dataset 1',
      name: 'made',
      layouts: ['mmrec'],
      counts: { users: 3, items: 10, train: 18, validation: 3, test: 3 },
      sources: [
        {
          format: 'csv',
          compression: 'none',
          bytes: tenEach().length,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ],
      mapping: { user: { column: 'user_id', how: 'guessed' }, rating: { column: 'rating', how: 'guessed' } },
      unused: ['time'],
      badRows: 0,
      splitBy: 'random',
      seed: 7,
      options: { minRating: 2, ratios: '8:1:1', memory: '512MB', dropBadRows: false },
      versions: {
        '@balanced-rec/prepare': expect.any(String),
        duckdb: expect.stringMatching(/^1\./),
        node: process.versions.node,
      },
    });
    expect(record.steps.map(({ step, rows }) => [step, rows])).toEqual([
      ['read', 30],
      ['keep ratings of at least 2', 24],
      ['merge duplicates', 24],
      ['split by random', 24],
      ['write', 24],
    ]);
    expect(new Date(record.date).toISOString()).toBe(record.date);
  });

  test('does not depend on the threads or the row order; another seed gives another split', async () => {
    const [header, ...lines] = tenEach(40).trimEnd().split('\n');
    const shuffled = [header, ...lines.reverse()].join('\n');
    const one = await prepareFiles({ 'log.csv': tenEach(40) }, { threads: 1 });
    const other = await prepareFiles({ 'log.csv': shuffled }, { threads: 4 });
    const seeded = await prepareFiles({ 'log.csv': tenEach(40) }, { seed: 2 });
    expect(other.record.hash).toBe(one.record.hash);
    expect(seeded.record.hash).not.toBe(one.record.hash);
    expect(seeded.dataset.train.items.length).toBe(one.dataset.train.items.length);
  });

  test('sorts ids by value if all are whole numbers, otherwise by code points', async () => {
    const log = (ids: string[]) =>
      ['user,item', ...ids.flatMap((id) => ['1', '2', '3'].map((item) => `${id},${item}`))].join('\n');
    expect((await prepareFiles({ 'a.csv': log(['10', '9', '-3', '123456789012345678901234567890']) })).users).toEqual([
      '-3',
      '9',
      '10',
      '123456789012345678901234567890',
    ]);
    expect((await prepareFiles({ 'a.csv': log(['10', '9', '09', 'é', 'Z', 'a']) })).users).toEqual([
      '09',
      '10',
      '9',
      'Z',
      'a',
      'é',
    ]);
  });

  test('writes ids as they are in the log, quoted if necessary', async () => {
    const odd = ['with\ttab', 'with "quotes"', 'two\nlines', ' spaces ', 'ünï'];
    const quoted = odd.map((id) => `"${id.replaceAll('"', '""')}"`);
    const log = ['user,item', ...quoted.flatMap((id) => ['1', '2', '3'].map((item) => `${id},${item}`))].join('\n');
    const folder = await scratchFolder();
    await writeFile(join(folder, 'log.csv'), log);
    await prepare({ interactions: [join(folder, 'log.csv')], out: join(folder, 'made') });
    expect(await readOriginalIds(join(folder, 'made'), 'user', odd.length)).toEqual([...odd].sort());
    const again = await readFile(join(folder, 'made', 'users.tsv'), 'utf8');
    expect(again).toContain('"with\ttab"');
    expect(again).toContain('"with ""quotes"""');
    expect(again).toContain('"two\nlines"');
    expect(again.startsWith('id\tuser_id\n0\t" spaces "\n') || again.startsWith('id\tuser_id\n0\t spaces \n')).toBe(
      true,
    );
  });

  test('refuses a non-empty folder, and replaces it if asked to', async () => {
    const { folder } = await prepareFiles({ 'log.csv': tenEach() });
    const log = join(await scratchFolder(), 'log.csv');
    await writeFile(log, tenEach(5));
    const error = await thrownBy(() => prepare({ interactions: [log], out: folder }));
    expect(error.code).toBe('dataset/folder-exists');
    const record = await prepare({ interactions: [log], out: folder, overwrite: true });
    expect(record.counts.users).toBe(5);
    expect(await readdir(dirname(folder))).toEqual(['made']);
  });

  test('leaves nothing behind when aborted', async () => {
    const folder = await scratchFolder();
    const log = join(folder, 'log.csv');
    await writeFile(log, tenEach(2000));
    const controller = new AbortController();
    const listener = { step: () => controller.abort(new Error('enough')) };
    const ended = prepare({ interactions: [log], out: join(folder, 'made') }, { listener, signal: controller.signal });
    await expect(ended).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual(['log.csv']);
  });

  test('keeps more rows on disk than fit in memory', async () => {
    const folder = await scratchFolder();
    const log = join(folder, 'log.parquet');
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`
      COPY (SELECT lpad((i % 20000)::VARCHAR, 200, 'user') AS user_id, lpad(((i * 7919) % 10007)::VARCHAR, 200, 'item') AS item_id, i AS timestamp
            FROM range(400000) t(i)) TO '${log}' (FORMAT parquet)`);
    connection.closeSync();
    const out = join(folder, 'made');
    const { counts, hash } = await prepare({ interactions: [log], out, memory: '128MB', splitBy: 'user-time' });
    expect(counts.users).toBe(20_000);
    expect((await readDataset(out, { requireFeatures: false })).hash).toBe(hash);
  });
});
