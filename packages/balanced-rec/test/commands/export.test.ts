import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeSafetensors, decodeTrainingData, safetensorsHeader } from '@balanced-rec/ckd-core/format';
import { decodeNpy, readDataset } from '@balanced-rec/datasets';
import type { UserRecommendation } from '@balanced-rec/models';
import { filesBelow, scratchFolder } from '@balanced-rec/tiny-data';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell } from '../support/cli.js';
import { trainedModel } from '../support/trained-model.js';

const [USERS, ITEMS, K] = [40, 30, 12];

let root: string;
let out: string;
let model: string;
let data: string;
let userIds: string[];
let itemIds: string[];
/** The lists that `recommend` prints for every user. */
let lists: UserRecommendation[];

const exporting = (...args: string[]) => ['export', model, '--data', data, '-e', 'wasm', '--out', out, ...args];
const rowsOfParquet = async (name: string) => parquetReadObjects({ file: await asyncBufferFromFile(join(out, name)) });

beforeAll(async () => {
  root = await scratchFolder();
  out = join(root, 'exported');
  ({ model, data, userIds, itemIds } = await trainedModel(root, { originals: true }));
  await runWell(exporting('--format', 'npy,parquet,safetensors,pgvector,qdrant,browser', '-k', String(K)));
  const args = ['--all', '-k', String(K), '--format', 'jsonl', '--ids', 'number'];
  const { stdout } = await runWell(['recommend', model, '--data', data, '-e', 'wasm', ...args]);
  lists = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
});

async function matrix(name: string): Promise<{ rows: number; columns: number; values: Float32Array }> {
  return decodeNpy(await readFile(join(out, name)), name);
}

/** The items and scores from `recommend`, concatenated; -1 and -Infinity pad short lists. */
function expectedLists(): { items: number[]; scores: number[] } {
  const places = lists.flatMap(({ items }) => Array.from({ length: K }, (_, rank) => items[rank]));
  return {
    items: places.map((place) => (place ? Number(place.item) : -1)),
    scores: places.map((place) => (place ? Math.fround(place.score) : Number.NEGATIVE_INFINITY)),
  };
}

describe('balanced-rec export', () => {
  test('npy: the dot products of the tables equal the scores in the lists', async () => {
    const [users, items] = [await matrix('users.npy'), await matrix('items.npy')];
    expect([users.rows, items.rows, users.columns]).toEqual([USERS, ITEMS, items.columns]);
    const width = users.columns;
    for (const [user, list] of lists.entries())
      for (const { item, score } of list.items) {
        let sum = 0;
        for (let n = 0; n < width; n++)
          sum += users.values[user * width + n]! * items.values[Number(item) * width + n]!;
        expect(sum).toBeCloseTo(score, 4);
      }
    const { items: topItems, scores } = expectedLists();
    const bytes = await readFile(join(out, 'top_items.npy'));
    expect(bytes.toString('latin1')).toContain(`'<i4', 'fortran_order': False, 'shape': (${USERS}, ${K})`);
    expect([...new Int32Array(new Uint8Array(bytes.subarray(-4 * USERS * K)).buffer)]).toEqual(topItems);
    const scoreBytes = await readFile(join(out, 'top_scores.npy'));
    expect([...new Float32Array(new Uint8Array(scoreBytes.subarray(-4 * USERS * K)).buffer)]).toEqual(scores);
  });

  test('safetensors: the same numbers', async () => {
    const bytes = await readFile(join(out, 'embeddings.safetensors'));
    const { entries, dataStart } = safetensorsHeader(bytes, 'embeddings');
    const read = (name: string) => {
      const entry = new Map(entries).get(name) as { dtype: string; data_offsets: [number, number] };
      const part = new Uint8Array(bytes.subarray(dataStart + entry.data_offsets[0], dataStart + entry.data_offsets[1]));
      return entry.dtype === 'I32' ? new Int32Array(part.buffer) : new Float32Array(part.buffer);
    };
    for (const side of ['users', 'items']) expect(read(side)).toEqual((await matrix(`${side}.npy`)).values);
    expect([...read('top_items')]).toEqual(expectedLists().items);
    expect([...read('top_scores')]).toEqual(expectedLists().scores);
    expect(() => decodeSafetensors(bytes, 'embeddings')).toThrow(/I32/);
  });

  test('Parquet: the same with original ids', async () => {
    const { values, columns } = await matrix('items.npy');
    const items = await rowsOfParquet('items.parquet');
    expect(items.map(({ item_id }) => item_id)).toEqual(itemIds);
    for (const [n, { id, embedding }] of items.entries()) {
      expect(id).toBe(n);
      expect(embedding).toEqual([...values.subarray(n * columns, (n + 1) * columns)]);
    }
    expect((await rowsOfParquet('users.parquet')).map(({ user_id }) => user_id)).toEqual(userIds);
    expect(await rowsOfParquet('top.parquet')).toEqual(
      lists.flatMap(({ user, basis, items: list }) =>
        list.map(({ item, score }, n) => ({ user, rank: n + 1, item, score: Math.fround(score), basis })),
      ),
    );
  });

  test('pgvector: nearest neighbours by inner product in SQL equal the lists', async () => {
    const folder = join(out, 'pgvector');
    const database = await PGlite.create({ extensions: { vector } });
    try {
      await database.exec(await readFile(join(folder, 'schema.sql'), 'utf8'));
      for (const name of ['users', 'items', 'seen']) {
        const blob = new Blob([new Uint8Array(await readFile(join(folder, `${name}.copy`)))]);
        await database.query(`COPY rec_${name} FROM '/dev/blob'`, [], { blob });
      }
      const query = await readFile(join(folder, 'top.sql'), 'utf8');
      for (const [user, { items }] of lists.entries()) {
        const { rows } = await database.query<{ item_id: string; score: number }>(query, [userIds[user], K]);
        expect(rows.map(({ item_id }) => item_id)).toEqual(items.map(({ item }) => itemIds[Number(item)]));
        for (const [rank, { score }] of rows.entries()) expect(score).toBeCloseTo(items[rank]!.score, 4);
      }
    } finally {
      await database.close();
    }
  });

  test('Qdrant: request bodies contain every item', async () => {
    const read = async (name: string) => JSON.parse(await readFile(join(out, 'qdrant', name), 'utf8'));
    const { values, columns } = await matrix('items.npy');
    expect(await read('collection.json')).toEqual({ vectors: { size: columns, distance: 'Dot' } });
    const { points } = await read('points-00000.json');
    expect(points.map(({ payload }: { payload: { item_id: string } }) => payload.item_id)).toEqual(itemIds);
    expect(points.flatMap(({ vector: row }: { vector: number[] }) => row.map(Math.fround))).toEqual([...values]);
    expect(points.map(({ vector: row }: { vector: number[] }) => row.length)).toEqual(points.map(() => columns));
  });

  test('browser: the model unchanged, and the data from which it recommends the same', async () => {
    const folder = join(out, 'browser');
    const files = ['manifest.json', 'model.safetensors', 'training-data.safetensors'];
    expect(filesBelow(folder)).toEqual(files);
    for (const name of files.slice(0, 2))
      expect(await readFile(join(folder, name))).toEqual(await readFile(join(model, name)));
    const stored = decodeTrainingData(await readFile(join(folder, files[2]!)), files[2]!);
    const dataset = await readDataset(data);
    for (const key of ['hash', 'userCount', 'itemCount', 'train', 'features'] as const)
      expect(stored[key]).toEqual(dataset[key]);
    expect(stored.seen).toEqual(dataset.train);
    expect(userIds.map((_, user) => stored.users.idOf(user))).toEqual(userIds);
    expect(itemIds.map((_, item) => stored.items.idOf(item))).toEqual(itemIds);
  });

  test('leaves a non-empty folder alone unless told to overwrite it', async () => {
    const before = filesBelow(out);
    expectOneError(await runCli(exporting('--format', 'npy')), {
      ...{ code: 'dataset/folder-exists', place: out, expected: 'new or empty', found: 'export.json' },
      remedy: 'another folder',
    });
    expect(filesBelow(out)).toEqual(before);
    await runWell(exporting('--format', 'safetensors', '--observed', 'text', '--overwrite'));
    expect(filesBelow(out)).toEqual(['embeddings.safetensors', 'export.json', 'items.tsv', 'users.tsv']);
    expect(JSON.parse(await readFile(join(out, 'export.json'), 'utf8'))).toMatchObject({ observed: ['text'] });
    expect((await readdir(root)).filter((name) => name.includes('partial'))).toEqual([]);
  });
});
