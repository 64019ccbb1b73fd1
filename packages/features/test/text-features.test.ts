import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { extractFeatures, transformersText } from '../src/index.js';
import { readItemIds } from '../src/items/read-item-ids.js';
import { itemLines, makeFolder, meanOf, namesIn, readRecord, readRows } from './dataset-folder.js';
import { TEXT_DIMENSION, writeTextModel } from './tiny-models.js';

let modelFolder: string;

beforeAll(async () => {
  modelFolder = await writeTextModel(await makeFolder());
});

const ITEMS = [
  { item_id: 'a', title: 'Red <b>fish</b>', description: "['river &amp; stone', 'song']" },
  { item_id: 'b', title: '', description: null },
  { item_id: 'c', title: 'blue bird', description: 'lamp' },
  { item_id: 'd', title: 'red fish', description: 'river & stone song' },
  { item_id: 'e', title: ' ', description: '[]' },
];

function encode(folder: string, more: object = {}) {
  const source = { columns: ['title', 'description'] };
  return extractFeatures({ folder, encoder: transformersText, source, settings: { modelFolder }, ...more });
}

describe('texts', () => {
  it('become the vectors of a real model in item order; empty texts get the mean of the others', async () => {
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS) });
    const record = await encode(folder);
    expect(await namesIn(folder)).toEqual(['items.jsonl', 'text_feat.npy', 'text_features.json']);
    expect(record).toEqual(await readRecord(folder, 'text'));
    expect(record).toMatchObject({ rows: 5, dimension: TEXT_DIMENSION, encoded: 3, faults: { empty: 2 } });
    expect(record.fallbackRows.map(({ row, id, reason }) => [row, id, reason])).toEqual([
      [1, 'b', 'empty'],
      [4, 'e', 'empty'],
    ]);
    const rows = await readRows(folder, 'text');
    for (const n of [0, 2]) expect(Math.hypot(...rows[n]!)).toBeCloseTo(1, 6);
    expect(rows[0]).toEqual(rows[3]);
    expect(rows[0]).not.toEqual(rows[2]);
    expect(rows[1]).toEqual(meanOf([rows[0]!, rows[2]!, rows[3]!]));
    expect(rows[4]).toEqual(rows[1]);
    const files = (record.encoder as { files: { name: string; sha256: string }[] }).files;
    expect(files.map(({ name }) => name)).toEqual([
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  it('have the same vectors for any batch size', async () => {
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS) });
    await encode(folder);
    const rows = await readRows(folder, 'text');
    await encode(folder, { batchSize: 1, overwrite: true });
    const again = await readRows(folder, 'text');
    for (const [n, row] of rows.entries())
      for (const [k, value] of row.entries()) expect(again[n]![k]).toBeCloseTo(value, 6);
  });

  it('are read from a list with quoted fields, as written by balanced-rec prepare', async () => {
    const lines = ['id\titem_id\ttitle', '0\t"a\tb"\tred fish', '1\t"two\r', '', 'lines"\t"red', 'fish"', '2\t"q\t'];
    const folder = await makeFolder({ 'items.tsv': lines.join('\n') });
    await encode(folder, { source: { columns: ['title'] } });
    const { ids } = await readItemIds(folder);
    expect(ids).toEqual(['a\tb', 'two\r\n\nlines', '"q']);
    const rows = await readRows(folder, 'text');
    expect(rows[1]).toEqual(rows[0]);
  });

  it('are read from another table by id, and are missing if it lacks the id', async () => {
    const table =
      'asin,title,description\nd,"red fish, blue",song\nzzz,lamp,lamp\na,"two\nlines ""quoted""",\nd,again,again\n';
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS), 'meta.csv': table });
    const items = { file: join(folder, 'meta.csv'), idColumn: 'asin' };
    const record = await encode(folder, { source: { columns: ['title', 'description'], items } });
    expect(record).toMatchObject({ encoded: 2, faults: { missing: 3 } });
    expect(record.notes).toEqual(['1 record in meta.csv for other items', '1 repeated record in meta.csv']);
  });

  it('are read from Parquet, whose other columns do not matter', async () => {
    const columnData = [
      { name: 'title', data: ['red fish', 'lamp', 'two'] },
      { name: 'id', data: [9007199254740993n, 7n, 9007199254740995n], type: 'INT64' as const },
      { name: 'price', data: [1.5, 2, Number.NaN], type: 'DOUBLE' as const },
    ];
    const ids = ['7', '9007199254740993', '9007199254740995'];
    const folder = await makeFolder({
      'items.jsonl': itemLines(ids.map((item_id) => ({ item_id, title: '' }))),
      'meta.parquet': new Uint8Array(parquetWriteBuffer({ columnData })),
      'meta.csv': 'id,title\n7,lamp\n9007199254740993,red fish\n9007199254740995,two\n',
      'broken.parquet': 'PAR1 not at all PAR1',
    });
    const rowsFrom = async (file: string, column = 'title') => {
      const items = { file: join(folder, file), idColumn: 'id' };
      await encode(folder, { source: { columns: [column], items }, overwrite: true });
      return readRows(folder, 'text');
    };
    expect(await rowsFrom('meta.parquet')).toEqual(await rowsFrom('meta.csv'));
    expect((await thrownBy(() => rowsFrom('meta.parquet', 'titel'))).details.remedy).toBe('did you mean "title"?');
    expect((await thrownBy(() => rowsFrom('broken.parquet'))).code).toBe('items/malformed-parquet');
  });

  it('are not encoded again, are replaced only if asked to, and never overwrite a foreign file', async () => {
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS) });
    const first = await encode(folder);
    const said: string[] = [];
    expect(await encode(folder, { settings: { modelFolder, say: (line: string) => said.push(line) } })).toEqual(first);
    expect(said.join()).toContain('already extracted');
    const changed = { source: { columns: ['title'] } };
    const error = await thrownBy(() => encode(folder, changed));
    expect(error.code).toBe('features/exists');
    expect(error.details.place).toBe(join(folder, 'text_feat.npy'));
    expect((await encode(folder, { ...changed, overwrite: true })).sha256).not.toBe(first.sha256);
    await writeFile(join(folder, 'text_feat.npy'), 'mine');
    expect((await thrownBy(() => encode(folder))).code).toBe('features/exists');
    expect(await readFile(join(folder, 'text_feat.npy'), 'utf8')).toBe('mine');
  });

  it('can be pooled and scaled differently', async () => {
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS) });
    const options = { pooling: 'cls', normalize: false, maxTokens: 4 };
    await encode(folder, { settings: { modelFolder, options } });
    const rows = await readRows(folder, 'text');
    // All texts begin with the same token.
    expect(rows[0]).toEqual(rows[2]);
    expect(Math.hypot(...rows[0]!)).not.toBeCloseTo(1, 2);
  });
});

describe('refuses', () => {
  const cases: [what: string, files: Record<string, string>, options: object, code: string, found: string][] = [
    ['a missing dataset folder', {}, { folder: '/nowhere/at/all' }, 'items/missing-folder', 'ENOENT'],
    ['a folder with neither items nor interactions', { 'notes.txt': '' }, {}, 'items/no-list', 'notes.txt'],
    ['an empty list', { 'items.jsonl': '\n' }, {}, 'items/no-list', 'an empty list'],
    ['an unknown column', {}, { source: { columns: ['titel'] } }, 'items/unknown-column', 'did you mean "title"?'],
    [
      'a duplicate id',
      { 'items.jsonl': '{"item_id":"a"}\n{"item_id":"a"}\n' },
      {},
      'items/duplicate-id',
      'items.jsonl:2',
    ],
    ['an item without id', { 'items.jsonl': '{"title":"a"}\n' }, {}, 'items/bad-id', 'items.jsonl:1'],
    [
      'a line that is not JSON',
      { 'items.jsonl': '{"item_id":"a"}\n{"item_id":\n' },
      {},
      'items/malformed-json',
      'items.jsonl:2',
    ],
    ['items out of order', { 'items.tsv': 'item\torig_id\ttitle\n1\ta\tx\n' }, {}, 'items/out-of-order', 'item 0'],
    [
      'a value that is not text',
      { 'items.jsonl': '{"item_id":"a","title":{"en":"x"},"description":""}\n' },
      {},
      'text/not-text',
      '{"en"',
    ],
    [
      'items without any text',
      { 'items.jsonl': '{"item_id":"a","title":"","description":""}\n' },
      {},
      'features/nothing-encoded',
      '1 item without',
    ],
    ['a bad name', {}, { modality: '../text' }, 'dataset/bad-name', '../text'],
    ['a folder without a model', {}, { settings: { modelFolder: '/nowhere' } }, 'encoder/no-model', 'no such folder'],
    [
      'an unknown option',
      {},
      { settings: { options: { poolin: 'cls' } } },
      'encoder/unknown-option',
      'did you mean "pooling"?',
    ],
    ['a bad option', {}, { settings: { options: { pooling: 'max' } } }, 'encoder/bad-option', 'mean or cls'],
  ];
  it.each(cases)('%s', async (_, files, options, code, found) => {
    const folder = await makeFolder(Object.keys(files).length > 0 ? files : { 'items.jsonl': itemLines(ITEMS) });
    const error = await thrownBy(() => encode(folder, options));
    expect(error.code).toBe(code);
    expect(error.message).toContain(found);
    expect(await namesIn(folder)).toEqual(Object.keys(files).length > 0 ? Object.keys(files) : ['items.jsonl']);
  });

  it('a broken model, and leaves nothing behind', async () => {
    const broken = await writeTextModel(await makeFolder());
    await writeFile(join(broken, 'onnx/model.onnx'), 'not a model');
    const folder = await makeFolder({ 'items.jsonl': itemLines(ITEMS) });
    const error = await thrownBy(() => encode(folder, { settings: { modelFolder: broken } }));
    expect(error.code).toBe('encoder/broken-model');
    expect(await namesIn(folder)).toEqual(['items.jsonl']);
  });
});
