import { join } from 'node:path';
import { encodeNpy, synthesizeDataset, writeMmrecDataset } from '@balanced-rec/datasets';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { importVectors } from '../src/index.js';
import { itemLines, makeFolder, namesIn, readRows } from './dataset-folder.js';

const ITEMS = itemLines(['a', 'b', 'c', '7'].map((item_id) => ({ item_id })));
const VECTORS: Readonly<Record<string, number[]>> = { c: [5, 6], zzz: [9, 9], a: [1, 2], 7: [0.5, 0.25] };
/** b has no vector and gets the mean of the others. */
const ROWS = [
  [1, 2],
  [6.5 / 3, 8.25 / 3],
  [5, 6],
  [0.5, 0.25],
].map((row) => [...Float32Array.from(row)]);

const ids = Object.keys(VECTORS);
const matrix = encodeNpy({ rows: 4, columns: 2, values: Float32Array.from(Object.values(VECTORS).flat()) });

function parquet(codec: 'SNAPPY' | 'UNCOMPRESSED' = 'SNAPPY'): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'item_id', data: ids, type: 'STRING' },
        { name: 'vector', data: Object.values(VECTORS), type: 'JSON' },
      ],
      codec,
    }),
  );
}

async function take(files: Record<string, string | Uint8Array>, file: string, more: object = {}) {
  const folder = await makeFolder({ 'items.jsonl': ITEMS, ...files });
  const record = await importVectors({ folder, modality: 'audio', source: { file: join(folder, file), ...more } });
  return { folder, record };
}

describe('matches existing vectors by id', () => {
  const lines = ids.map((id) => JSON.stringify({ id, vector: VECTORS[id] })).join('\n');
  const list = JSON.stringify(ids.map((id) => ({ item_id: id, embedding: VECTORS[id] })));
  const cases: [what: string, name: string, content: string | Uint8Array][] = [
    ['JSONL', 'v.jsonl', lines],
    ['a JSON list', 'v.json', list],
    ['a JSON object', 'v.json', JSON.stringify(VECTORS)],
    ['Parquet', 'v.parquet', parquet()],
    ['uncompressed Parquet', 'v.parquet', parquet('UNCOMPRESSED')],
  ];
  it.each(cases)('from %s', async (_, name, content) => {
    const { folder, record } = await take({ [name]: content }, name);
    expect(await readRows(folder, 'audio')).toEqual(ROWS);
    expect(record).toMatchObject({ rows: 4, dimension: 2, encoded: 3, faults: { missing: 1 } });
    expect(record.notes).toEqual(['1 vector for other items']);
    expect(await namesIn(folder)).toEqual(['audio_feat.npy', 'audio_features.json', 'items.jsonl', name]);
  });

  it('whose ids are long numbers or whole floats', async () => {
    const long = ['9007199254740993', '9007199254740995', '123456789012345678901234567890'];
    const lines = [...long, '7.0'].map((id, n) => `{"id":${id},"vector":[${n},0.12345678901234567]}`);
    const items = itemLines([...long, '7'].map((item_id) => ({ item_id })));
    for (const [name, text] of [
      ['v.jsonl', lines.join('\n')],
      ['v.json', `[${lines}]`],
    ] as const) {
      const { folder } = await take({ 'items.jsonl': items, [name]: text }, name);
      expect((await readRows(folder, 'audio')).map(([first]) => first)).toEqual([0, 1, 2, 3]);
    }
  });

  it('from npy with an id file', async () => {
    for (const [name, text] of [
      ['ids.txt', ids.join('\r\n')],
      ['ids.json', JSON.stringify(ids)],
    ] as const) {
      const more = { 'v.npy': matrix, [name]: text };
      const folder = await makeFolder({ 'items.jsonl': ITEMS, ...more });
      const source = { file: join(folder, 'v.npy'), idsFile: join(folder, name) };
      await importVectors({ folder, modality: 'audio', source });
      expect(await readRows(folder, 'audio')).toEqual(ROWS);
    }
  });

  it('from npy in item order', async () => {
    const { folder } = await take({ 'v.npy': matrix }, 'v.npy');
    expect(await readRows(folder, 'audio')).toEqual(Object.values(VECTORS));
  });

  it('and uses the item numbers as ids for a dataset without a list', async () => {
    const folder = join(await makeFolder(), 'planted');
    await writeMmrecDataset(
      synthesizeDataset({ seed: 1, userCount: 20, itemCount: 30, interactionsPerUser: 8 }),
      folder,
    );
    const vectors = Array.from({ length: 30 }, (_, n) => JSON.stringify({ id: 29 - n, vector: [n] })).join('\n');
    const files = await makeFolder({ 'v.jsonl': vectors });
    await importVectors({ folder, modality: 'audio', source: { file: join(files, 'v.jsonl') } });
    expect((await readRows(folder, 'audio')).flat()).toEqual(Array.from({ length: 30 }, (_, row) => 29 - row));
  });

  it('and replaces non-finite vectors with the mean', async () => {
    const text =
      '{"id":"a","vector":[1,null]}\n{"id":"b","vector":[1e300,1]}\n{"id":"c","vector":[3,4]}\n{"id":"7","vector":null}';
    const { folder, record } = await take({ 'v.jsonl': text }, 'v.jsonl');
    expect(record.fallbackRows.map(({ id, reason }) => [id, reason])).toEqual([
      ['a', 'not-finite'],
      ['b', 'not-finite'],
      ['7', 'missing'],
    ]);
    expect(await readRows(folder, 'audio')).toEqual(Array(4).fill([3, 4]));
  });
});

describe('refuses vectors', () => {
  const cases: [what: string, name: string, content: string | Uint8Array, code: string, found: string][] = [
    [
      'of different lengths',
      'v.jsonl',
      '{"id":"a","vector":[1]}\n{"id":"b","vector":[1,2]}',
      'vectors/wrong-dimension',
      'v.jsonl:2',
    ],
    [
      'with a duplicate id',
      'v.jsonl',
      '{"id":"a","vector":[1]}\n{"id":"a","vector":[1]}',
      'vectors/duplicate-id',
      'v.jsonl:2',
    ],
    ['that are text', 'v.jsonl', '{"id":"a","vector":["1"]}', 'vectors/not-a-vector', '"1"'],
    ['that are empty', 'v.jsonl', '{"id":"a","vector":[]}', 'vectors/not-a-vector', '[]'],
    ['without an id', 'v.jsonl', '{"vector":[1]}', 'vectors/unknown-column', '"item_id" or "id"'],
    ['with an id that is not whole', 'v.jsonl', '{"id":1.5,"vector":[1]}', 'items/bad-id', '1.5'],
    ['with a list as id', 'v.jsonl', '{"id":["a"],"vector":[1]}', 'items/bad-id', '["a"]'],
    ['that match no item', 'v.jsonl', '{"id":"q","vector":[1]}', 'vectors/no-match', '"q"'],
    ['in an empty file', 'v.jsonl', '', 'vectors/no-match', 'no vectors'],
    ['with NaN', 'v.jsonl', '{"id":"a","vector":[NaN]}', 'items/malformed-json', 'write null instead'],
    ['that are not JSON', 'v.json', '{"a": [1', 'items/malformed-json', 'v.json'],
    ['that are not Parquet', 'v.parquet', 'PAR1 not at all PAR1', 'vectors/malformed-parquet', 'v.parquet'],
    ['in a truncated Parquet file', 'v.parquet', parquet().subarray(0, 90), 'vectors/malformed-parquet', 'v.parquet'],
    ['that are not npy', 'v.npy', 'not at all', 'npy/not-npy', 'v.npy'],
    ['with too few rows', 'v.npy', matrixOf(3), 'vectors/rows-differ', '--vector-ids'],
    ['of an unknown format', 'v.pkl', '', 'vectors/unknown-format', '.pkl'],
  ];
  it.each(cases)('%s', async (_, name, content, code, found) => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS, [name]: content });
    const error = await thrownBy(() =>
      importVectors({ folder, modality: 'audio', source: { file: join(folder, name) } }),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain(found);
    expect(await namesIn(folder)).toEqual(['items.jsonl', name]);
  });

  it('if the features already exist', async () => {
    const { folder } = await take({ 'v.npy': matrix }, 'v.npy');
    const source = { file: join(folder, 'v.npy') };
    const error = await thrownBy(() => importVectors({ folder, modality: 'audio', source }));
    expect(error.code).toBe('features/exists');
    await importVectors({ folder, modality: 'audio', source, overwrite: true });
  });
});

function matrixOf(rows: number): Uint8Array {
  return encodeNpy({ rows, columns: 1, values: new Float32Array(rows) });
}
