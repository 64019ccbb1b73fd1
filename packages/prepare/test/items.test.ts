import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { prepareFiles, preparePaths } from './prepared.js';
import { scratchFolder } from './scratch-folder.js';

const log = ['user,item', ...['a', 'b'].flatMap((user) => ['p1', 'p2', 'p10'].map((item) => `${user},${item}`))].join(
  '\n',
);

async function linesOf(folder: string): Promise<unknown[]> {
  return (await readFile(join(folder, 'items.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('item descriptions', () => {
  test('are in the order of the items, whatever the order, gaps and extra rows of the file', async () => {
    const items = ['p9,nobody,1', 'p2,"Two, ""quoted""\nand broken",2.50', 'p1,One,', 'p2,again,3'];
    const {
      folder,
      record,
      items: ids,
    } = await prepareFiles(
      { 'log.csv': log, 'items.csv': `item,title,price\n${items.join('\n')}\n` },
      { items: ['items.csv'] },
    );
    expect(ids).toEqual(['p1', 'p10', 'p2']);
    expect(await linesOf(folder)).toEqual([
      { item_id: 'p1', title: 'One', price: null },
      { item_id: 'p10' },
      { item_id: 'p2', title: 'Two, "quoted"\nand broken', price: '2.50' },
    ]);
    expect(record.items).toMatchObject({
      ...{ key: 'item', how: 'guessed', rows: 4, described: 2, undescribed: 1, repeated: 1, unused: 1 },
      sources: [{ sha256: expect.any(String) }],
    });
  });

  test('keep JSON values, and may have a key with another name', async () => {
    const rows = [
      { parent_asin: 'p1', title: 'One', features: ['a', { b: 1 }], price: 1.5, item_id: 'not ours' },
      { parent_asin: 'p10', title: null, 'odd/na~me"': '💡' },
    ];
    const { folder } = await prepareFiles(
      { 'log.csv': log, 'meta.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') },
      { items: ['meta.jsonl'], itemsKey: 'parent_asin' },
    );
    expect(await linesOf(folder)).toEqual([
      { item_id: 'p1', file_item_id: 'not ours', title: 'One', features: ['a', { b: 1 }], price: 1.5 },
      { item_id: 'p10', title: null, 'odd/na~me"': '💡' },
      { item_id: 'p2' },
    ]);
  });

  test('keep lists from Parquet, turn non-finite numbers into null, and leave out bytes', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'log.csv'), log);
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(
      `COPY (SELECT 'p1' AS asin, ['x', 'y'] AS tags, 'nan'::DOUBLE AS price, 'abc'::BLOB AS image) TO '${folder}/m.parquet' (FORMAT parquet)`,
    );
    connection.closeSync();
    const made = await preparePaths([join(folder, 'log.csv')], { items: [join(folder, 'm.parquet')] });
    expect((await linesOf(made.folder))[0]).toEqual({ item_id: 'p1', tags: ['x', 'y'], price: null });
  });

  test('can limit the log to described items, before anything is counted', async () => {
    const files = {
      'log.csv': `${log}\na,p4\nb,p5\n`,
      'items.csv': 'id,title\np1,One\np2,Two\np10,Ten\np77,Nobody has it\n',
    };
    const { record, items } = await prepareFiles(files, {
      ...{ items: ['items.csv'], itemsKey: 'id', describedOnly: true, userCore: 2 },
    });
    expect(items).toEqual(['p1', 'p10', 'p2']);
    expect(record.steps[0]).toMatchObject({ step: 'read', rows: 8, items: 5 });
    expect(record.steps[1]).toMatchObject({ step: 'keep described items', rows: 6, users: 2, items: 3 });
    expect(record.items).toMatchObject({ described: 3, undescribed: 0, unused: 1 });
    const error = await thrownBy(() => prepareFiles({ 'log.csv': log }, { describedOnly: true }));
    expect(error).toMatchObject({ code: 'prepare/bad-option', details: { place: 'describedOnly' } });
  });

  test('have a delimiter independent of the log', async () => {
    const files = {
      'log.dat': log.split('\n').slice(1).join('\n').replaceAll(',', '::'),
      'items.csv': 'id,title\np1,One\n',
    };
    const { folder } = await prepareFiles(files, {
      ...{ delimiter: '::', columns: ['user', 'item'], items: ['items.csv'], itemsKey: 'id' },
    });
    expect((await linesOf(folder))[0]).toEqual({ item_id: 'p1', title: 'One' });
  });

  test('are not written without an item file', async () => {
    const { folder } = await prepareFiles({ 'log.csv': log });
    await expect(readFile(join(folder, 'items.jsonl'))).rejects.toThrow('ENOENT');
  });

  test('are refused without the key column', async () => {
    const files = { 'log.csv': log, 'items.csv': 'name,title\np1,One\n' };
    const guess = await thrownBy(() => prepareFiles(files, { items: ['items.csv'] }));
    expect(guess.details).toMatchObject({ code: 'prepare/no-column', remedy: expect.stringContaining('--items-key') });
    const named = await thrownBy(() => prepareFiles(files, { items: ['items.csv'], itemsKey: 'nmae' }));
    expect(named.details.remedy).toBe('did you mean "name"?');
  });
});
