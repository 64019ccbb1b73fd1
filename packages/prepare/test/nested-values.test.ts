import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { parquetOf } from './parquet.js';
import { type Prepared, prepareFiles, preparePaths } from './prepared.js';

type Row = Record<string, unknown>;

/** Three rows for each of three users, with an index of their own. */
function rowsOf(row: (user: number, at: number) => Row): string {
  const rows = [0, 1, 2].flatMap((user) => [0, 1, 2].map((at) => JSON.stringify(row(user, at))));
  return rows.join('\n');
}

const PARQUET_ROWS = 'range(3) AS users(u), range(3) AS places(n)';

function pairsOf({ train, validation, test: held }: Prepared): string[] {
  return [...train, ...validation, ...held].sort();
}

/** Each user has bread, and an item of each row. */
const BASKETS = ['0', '1', '2'].flatMap((user) => ['bread', 'p0', 'p1', 'p2'].map((item) => `u${user} ${item}`));

describe('a list of items is read as one interaction per item', () => {
  const cases: [what: string, file: Record<string, string>, item: string | undefined][] = [
    ['in JSON Lines', { 'a.jsonl': rowsOf((u, n) => ({ user_id: `u${u}`, item_id: [`p${n}`, 'bread'] })) }, undefined],
    [
      'of objects',
      { 'a.jsonl': rowsOf((u, n) => ({ user_id: `u${u}`, items: [{ sku: `p${n}`, n: 1 }, { sku: 'bread' }] })) },
      'items.sku',
    ],
    [
      'next to single items',
      { 'a.jsonl': rowsOf((u, n) => ({ user_id: `u${u}`, item_id: n === 0 ? ['p0', 'bread'] : `p${n}` })) },
      undefined,
    ],
  ];
  test.each(cases)('%s', async (_, file, item) => {
    const prepared = await prepareFiles(file, { item });
    expect(pairsOf(prepared)).toEqual(BASKETS);
    expect(prepared.record.listed).toBeGreaterThan(0);
  });

  const parquet: [what: string, items: string, item: string | undefined][] = [
    ['list', "['p' || n, 'bread']", undefined],
    ['array', "array_value('p' || n, 'bread')", undefined],
    ['list of structs', "[{'sku': 'p' || n}, {'sku': 'bread'}]", 'item_id.sku'],
    ['JSON text with its type', `('["p' || n || '","bread"]')::JSON`, undefined],
  ];
  test.each(parquet)('in Parquet, as %s', async (_, items, item) => {
    const file = await parquetOf(`SELECT 'u' || u AS user_id, ${items} AS item_id FROM ${PARQUET_ROWS}`);
    expect(pairsOf(await preparePaths([file], { item }))).toEqual(BASKETS);
  });
});

describe('a field inside an object can be a column', () => {
  test('which is found by its name', async () => {
    const { record } = await prepareFiles({
      'a.jsonl': rowsOf((u, n) => ({ user: { id: u, name: 'x' }, item: { id: n }, timestamp: n })),
    });
    expect(record.mapping).toMatchObject({ user: { column: 'user.id' }, item: { column: 'item.id' } });
    expect(record.counts).toMatchObject({ users: 3, items: 3 });
  });

  test("such as those of MongoDB's exports", async () => {
    const named = { user: 'user.$oid', item: 'item.$oid', time: 'at.$date' };
    const { users } = await prepareFiles(
      {
        'a.jsonl': rowsOf((u, n) => ({
          user: { $oid: `5f${u}` },
          item: { $oid: n },
          at: { $date: `2020-01-0${n + 1}` },
        })),
      },
      { ...named, splitBy: 'user-time' },
    );
    expect(users).toEqual(['5f0', '5f1', '5f2']);
  });

  test('in a struct of Parquet', async () => {
    const file = await parquetOf(`SELECT {'id': u} AS who, n AS item_id FROM ${PARQUET_ROWS}`);
    expect((await preparePaths([file], { user: 'who.id' })).users).toEqual(['0', '1', '2']);
  });
});

describe('refuses what is not one value', () => {
  const both = (u: number, n: number) => ({ user_id: `u${u}`, item_id: `p${n}` });
  const cases: [what: string, text: string, column: string, found: RegExp, remedy: RegExp][] = [
    [
      'a list of users',
      rowsOf((u, n) => ({ ...both(u, n), user_id: [u, 7] })),
      'user_id',
      /^a list: \[0,7\]$/,
      /only the item/,
    ],
    [
      'an object',
      rowsOf((u, n) => ({ ...both(u, n), item_id: { $oid: `6${n}` } })),
      'item_id',
      /^an object/,
      /'item_id\.\$oid'/,
    ],
    [
      'a list in a list',
      rowsOf((u, n) => ({ ...both(u, n), item_id: [['a']] })),
      'item_id',
      /^a list: \[\["a"\]\]$/,
      /drop/,
    ],
    [
      'an empty list',
      rowsOf((u, n) => ({ ...both(u, n), item_id: n === 1 ? [] : ['a'] })),
      'item_id',
      /^a list: \[\]$/,
      /drop/,
    ],
    [
      'a gap in a list',
      rowsOf((u, n) => ({ ...both(u, n), item_id: ['a', null] })),
      'item_id',
      /^a list: \["a",null\]$/,
      /drop/,
    ],
    [
      'a list of ratings',
      rowsOf((u, n) => ({ ...both(u, n), rating: [5] })),
      'rating',
      /^a list: \[5\]$/,
      /only the item/,
    ],
    [
      'a time as an object',
      rowsOf((u, n) => ({ ...both(u, n), time: { $date: 1 } })),
      'time',
      /^an object/,
      /'time\.\$date'/,
    ],
  ];
  test.each(cases)('%s, with its row', async (_, text, column, found, remedy) => {
    const error = await thrownBy(() =>
      prepareFiles(
        { 'a.jsonl': text },
        { minRating: column === 'rating' ? 1 : undefined, splitBy: column === 'time' ? 'user-time' : undefined },
      ),
    );
    expect(error).toMatchObject({ code: 'prepare/bad-value' });
    expect(error.details.place).toMatch(new RegExp(`a\\.jsonl: row [12], column "${column}"`));
    expect(error.details.found).toMatch(found);
    expect(error.details.remedy).toMatch(remedy);
  });

  const parquet: [what: string, user: string, found: RegExp][] = [
    ['a struct', "{'id': u}", /^an object: \{"id":0\}$/],
    ['a map', "MAP {'id': u}", /^an object: \{"id":0\}$/],
    ['a list', '[u]', /^a list: \[0\]$/],
    ['an array', 'array_value(u, u)', /^a list: \[0,0\]$/],
    ['bytes that are no text', `'\\xC3\\x28'::BLOB`, /C3/],
    ['a float that has lost digits', '1e17 + u', /^"1e\+17"$/],
    ['a half-size float that has lost digits', '(16777216 + u)::FLOAT', /^"16777216\.0"$/],
    ['a float that is not a number', "'nan'::DOUBLE", /nan/],
  ];
  test.each(parquet)('%s in Parquet', async (_, user, found) => {
    const file = await parquetOf(`SELECT ${user} AS user_id, n AS item_id FROM ${PARQUET_ROWS}`);
    const error = await thrownBy(() => preparePaths([file], { user: 'user_id' }));
    expect(error).toMatchObject({ code: 'prepare/bad-value' });
    expect(error.details.found).toMatch(found);
  });

  test.each([
    ['JSON', '"[""p0"",""bread""]"'],
    ['Python', `"['p0', 'bread']"`],
    ['an object', '"{""$oid"": ""5f""}"'],
  ])('lists and objects written as text: %s', async (_, cell) => {
    const rows = [0, 1, 2].map((user) => `u${user},${cell}`);
    const error = await thrownBy(() => prepareFiles({ 'a.csv': `user_id,item_id\n${rows.join('\n')}\n` }));
    expect(error).toMatchObject({ code: 'prepare/bad-value' });
    expect(error.message).toContain('written as text');
  });

  test('but not names in brackets, or GUIDs in braces', async () => {
    const rows = [0, 1, 2].flatMap((n) => [
      `{3F2504E0-4F89-${n}},[REC]`,
      `{3F2504E0-4F89-${n}},[REC ${n}]`,
      `{3F2504E0-4F89-${n}},[x, y]`,
    ]);
    const { items } = await prepareFiles({
      'a.csv': `user_id,item_id\n${rows.map((row) => row.replace('[x, y]', '"[x, y]"')).join('\n')}\n`,
    });
    expect(items).toContain('[REC]');
  });

  test('in the item files, too', async () => {
    const error = await thrownBy(() =>
      prepareFiles(
        { 'a.jsonl': rowsOf(both), 'items.jsonl': '{"item_id":"p0"}\n{"item_id":["p1"]}\n' },
        { items: ['items.jsonl'] },
      ),
    );
    expect(error).toMatchObject({ code: 'prepare/bad-value' });
    expect(error.details).toMatchObject({
      place: expect.stringMatching(/items\.jsonl: row 2, column "item_id"/),
      found: 'a list: ["p1"]',
    });
  });
});
