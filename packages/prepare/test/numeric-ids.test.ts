import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { parquetOf } from './parquet.js';
import { prepareFiles, preparePaths } from './prepared.js';

/** A log of three users with three items each, whose ids `id` writes. */
function log(id: (n: number) => string): string {
  const rows = [1, 2, 3].flatMap((user) => [1, 2, 3].map((item) => `${id(user)},${id(item)}`));
  return `user_id,item_id\n${rows.join('\n')}\n`;
}

const DESCRIPTIONS = { 'items.csv': 'item_id,title\n1,One\n2,Two\n3,Three\n' };
const FLOAT_DESCRIPTIONS = { 'items.csv': 'item_id,title\n1.0,One\n2.0,Two\n3.0,Three\n' };

describe('whole floats are read as whole numbers', () => {
  test.each([
    ['in the log', log((n) => `${n}.0`), DESCRIPTIONS],
    ['in the descriptions', log(String), FLOAT_DESCRIPTIONS],
    ['in both', log((n) => `${n}.00`), FLOAT_DESCRIPTIONS],
    ['in part of the log', log((n) => (n === 2 ? '2.0' : String(n))), DESCRIPTIONS],
  ])('%s', async (_, text, items) => {
    const { record, items: ids } = await prepareFiles(
      { 'log.csv': text, ...items },
      { items: ['items.csv'], describedOnly: true },
    );
    expect(ids).toEqual(['1', '2', '3']);
    expect(record.items).toMatchObject({ described: 3, undescribed: 0 });
    expect(record.wholeFloats).toEqual(text.includes('.0') ? ['user', 'item'] : []);
  });

  test('in JSON and Parquet', async () => {
    const rows = [1, 2, 3].flatMap((u) => [1, 2, 3].map((i) => `{"user_id":${u}.0,"item_id":${i}.0}`));
    expect((await prepareFiles({ 'log.jsonl': rows.join('\n') })).items).toEqual(['1', '2', '3']);
    const file = await parquetOf(
      'SELECT u::DOUBLE AS user_id, (i * 1e15)::DOUBLE AS item_id FROM range(1, 4) AS users(u), range(1, 4) AS items(i)',
    );
    const { users, items } = await preparePaths([file]);
    expect([users, items]).toEqual([
      ['1', '2', '3'],
      ['1000000000000000', '2000000000000000', '3000000000000000'],
    ]);
  });

  test('but not where other ids are text, or fractions', async () => {
    const { items, record } = await prepareFiles({ 'log.csv': log((n) => ['', '1.0', '1.5', 'x'][n]!) });
    expect(items).toEqual(['1.0', '1.5', 'x']);
    expect(record.wholeFloats).toEqual([]);
  });
});

describe('descriptions that match nothing are refused with ids of both files', () => {
  test.each([
    ['after all steps', {}],
    ['before any other filter', { describedOnly: true, core: 2 }],
  ])('%s', async (_, options) => {
    const files = { 'log.csv': log((n) => `B${n}`), ...DESCRIPTIONS };
    const error = await thrownBy(() => prepareFiles(files, { items: ['items.csv'], ...options }));
    expect(error).toMatchObject({ code: 'prepare/no-match' });
    expect(error.details.expected).toContain('"B1", "B2", "B3"');
    expect(error.details.found).toBe('"1", "2", "3"');
    expect(error.details.remedy).toContain('--items-key');
  });

  test('and the remedy for nothing left names only the filters in use', async () => {
    const remedyOf = async (options: object) =>
      (await thrownBy(() => prepareFiles({ 'log.csv': log(String), ...DESCRIPTIONS }, options))).details.remedy;
    expect(await remedyOf({ core: 9 })).toBe('filter less: check --core 9');
    expect(await remedyOf({ userCore: 9, items: ['items.csv'], describedOnly: true })).toBe(
      'filter less: check --described-only, --user-core 9',
    );
  });
});

test('numbers in descriptions keep all their digits', async () => {
  const numbers = ['9007199254740993', '123456789012345678901234567890', '-7123456789012345601', '1.10', '1e3', '0.1'];
  const fields = numbers.map((number, n) => `"n${n}":${number}`).join(',');
  const { folder } = await prepareFiles(
    { 'log.csv': log(String), 'items.jsonl': `{"item_id":1,${fields}}` },
    { items: ['items.jsonl'] },
  );
  const [line] = (await readFile(join(folder, 'items.jsonl'), 'utf8')).split('\n');
  expect(line).toBe(`{"item_id":"1",${fields}}`);
});
