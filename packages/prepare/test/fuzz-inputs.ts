import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { PrepareOptions } from '../src/index.js';
import { tenEach } from './prepared.js';

/** A file that a user might pass, valid or not, with options that a user might set. */
export interface FuzzInput {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: Partial<Omit<PrepareOptions, 'interactions' | 'out' | 'items'>>;
  /** Whether the file is passed as an item file next to a valid log. */
  readonly asItems: boolean;
}

/** Files written by other programs, as a basis for damaged ones. */
export interface Samples {
  readonly parquet: Uint8Array;
  /** Logs whose columns have any of Parquet's types. */
  readonly oddParquet: readonly Uint8Array[];
  readonly zstd: Uint8Array;
}

const NAMES = [
  'log.csv',
  'log.tsv',
  'log.json',
  'log.jsonl',
  'log.parquet',
  'log.csv.gz',
  'log.json.gz',
  'log.csv.zst',
  'log.txt',
  'log.xls',
  'log',
];

/** Ids, ratings and times as they look in a log when something went wrong. */
const oddCell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '-1',
    '-0',
    '007',
    '1e3',
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    'null',
    'NULL',
    '\\N',
    '"',
    '""',
    "'",
    '\t',
    '\u0000',
    '\u0001',
    '\ufeff',
    '💡',
    '\ud800',
  ),
  fc.constantFrom(
    '99999999999999999999999999999999999999999',
    '-123456789012345678901234567890',
    '1e999',
    '2014-05-20',
    '2014-05-20T10:00:00+02:00',
    '0000-00-00',
    '2147483647',
    '9223372036854775808',
  ),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.nat(20).map(String),
);

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

const oddTable = fc
  .record({
    header: fc.constantFrom(
      'user,item,rating,time',
      'userId,movieId,rating,timestamp',
      'user_id,item_id,x_label',
      'a,b,c',
      'user,user,item',
      ',user,item',
      '"user","it""em",item',
    ),
    rows: fc.array(fc.array(oddCell, { minLength: 1, maxLength: 5 }), { maxLength: 30 }),
    regular: fc.boolean(),
    quote: fc.constantFrom('all', 'some', 'none'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.boolean(),
    mark: fc.constantFrom('', '\ufeff'),
    delimiter: fc.constantFrom(',', '\t', ';', '|', '::'),
  })
  .map(({ header, rows, regular, quote, end, last, mark, delimiter }) => {
    const width = header.split(',').length;
    const lines = rows.map((row) => {
      const cells = regular ? Array.from({ length: width }, (_, at) => row[at % row.length]!) : row;
      return cells
        .map((cell, at) => (quote === 'all' || (quote === 'some' && at % 2 === 0) ? quoted(cell) : cell))
        .join(delimiter);
    });
    return mark + [header.replaceAll(',', delimiter), ...lines].join(end) + (last ? end : '');
  });

const jsonRow = fc.oneof(
  fc.record(
    {
      user_id: fc.oneof(oddCell, fc.integer(), fc.double(), fc.constant(null)),
      item_id: oddCell,
      rating: fc.oneof(fc.double(), oddCell),
    },
    { requiredKeys: ['user_id', 'item_id'] },
  ),
  fc.record({ user_id: fc.jsonValue({ maxDepth: 3 }), item_id: fc.jsonValue({ maxDepth: 3 }), rating: fc.jsonValue() }),
  fc.dictionary(oddCell, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
);

const json = fc.oneof(
  fc.array(jsonRow, { maxLength: 20 }).map((rows) => JSON.stringify(rows)),
  fc.array(jsonRow, { maxLength: 20 }).map((rows) => rows.map((row) => JSON.stringify(row)).join('\n')),
  fc.json(),
  fc.array(fc.json({ maxDepth: 1 }), { maxLength: 10 }).map((values) => values.join('\n')),
);

const goodJson = `[${tenEach()
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .map(([user, item, rating, time]) => JSON.stringify({ user, item, rating: Number(rating), time: Number(time) }))
  .join(',\n')}]`;

/** Cuts, changes and repeats bytes. */
const damage = fc.array(
  fc.record({
    how: fc.constantFrom('cut', 'set', 'insert', 'repeat', 'drop'),
    at: fc.nat(9999).map((n) => n / 10_000),
    byte: fc.nat(255),
  }),
  { minLength: 1, maxLength: 4 },
);

type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never;

function damaged(bytes: Uint8Array, blows: Damage): Uint8Array {
  return blows.reduce<Uint8Array>((left, { how, at, byte }) => {
    const place = Math.floor(at * left.length);
    const [before, after] = [left.subarray(0, place), left.subarray(place)];
    if (how === 'cut') return before;
    if (how === 'set') return Buffer.concat([before, Uint8Array.of(byte), after.subarray(1)]);
    if (how === 'insert') return Buffer.concat([before, Uint8Array.of(byte), after]);
    return how === 'repeat' ? Buffer.concat([left, after]) : Buffer.concat([before, after.subarray(byte)]);
  }, bytes);
}

const options: fc.Arbitrary<FuzzInput['options']> = fc.record(
  {
    splitBy: fc.constantFrom('random', 'user-time', 'global-time', 'leave-one-out', 'column'),
    minRating: fc.integer({ min: -2, max: 6 }),
    core: fc.integer({ min: 1, max: 4 }),
    dropBadRows: fc.boolean(),
    delimiter: fc.constantFrom(',', '\t', '::', '\u0000', '💡', 'x'),
    quote: fc.constantFrom('none', "'", '"', ','),
    encoding: fc.constantFrom('utf-8', 'utf-16', 'latin-1', 'windows-1251', 'gbk', 'utf-16be'),
    format: fc.constantFrom('csv', 'json', 'parquet'),
    columns: fc.constantFrom(['user', 'item'], ['user', 'item', 'rating', 'time'], ['a', 'a']),
    user: oddCell.filter((text) => text !== ''),
    layout: fc.constantFrom(['mmrec'], ['lattice'], ['mmrec', 'lattice']),
  },
  { requiredKeys: [] },
);

/** Most files are read with few options, because options often decide the outcome before the file matters. */
const fewOptions = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ dropBadRows: fc.constant(true) }) },
  { weight: 3, arbitrary: options },
);

/** Inputs of all kinds. */
export function fuzzInputs({ parquet, oddParquet, zstd }: Samples): fc.Arbitrary<FuzzInput> {
  const of = (kind: string, name: fc.Arbitrary<string>, bytes: fc.Arbitrary<Uint8Array | string>) =>
    fc
      .record({ name, bytes, options: fewOptions, asItems: fc.integer({ min: 0, max: 4 }).map((n) => n === 0) })
      .map((input) => ({
        ...input,
        kind,
        bytes: typeof input.bytes === 'string' ? Buffer.from(input.bytes) : input.bytes,
      }));
  const fixed = (name: string) => fc.constant(name);
  const damagedFrom = (bytes: Uint8Array) => damage.map((blows) => damaged(bytes, blows));
  return fc.oneof(
    of('random bytes', fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 400 })),
    of('odd table', fc.constantFrom('log.csv', 'log.txt', 'log.csv'), oddTable),
    of(
      'odd table as tabs',
      fixed('log.tsv'),
      oddTable.map((text) => text.replaceAll(',', '\t')),
    ),
    of('odd JSON', fc.constantFrom('log.json', 'log.jsonl'), json),
    of('damaged table', fixed('log.csv'), damagedFrom(Buffer.from(tenEach()))),
    of('damaged JSON', fixed('log.json'), damagedFrom(Buffer.from(goodJson))),
    of('odd Parquet', fixed('log.parquet'), fc.constantFrom(...oddParquet)),
    of('damaged Parquet', fixed('log.parquet'), damagedFrom(parquet)),
    of('damaged gzip', fixed('log.csv.gz'), damagedFrom(gzipSync(tenEach(50)))),
    of('damaged zstd', fixed('log.csv.zst'), damagedFrom(zstd)),
    of(
      'gzip of odd table',
      fc.constantFrom('log.csv.gz', 'log.csv'),
      oddTable.map((text) => gzipSync(text)),
    ),
    of(
      'latin-1',
      fixed('log.csv'),
      oddTable.map((text) => Buffer.from(text, 'latin1')),
    ),
    of(
      'UTF-16',
      fixed('log.csv'),
      oddTable.map((text) => Buffer.from(text, 'utf16le')),
    ),
    of(
      'wrong ending',
      fc.constantFrom(...NAMES),
      fc.constantFrom<Uint8Array | string>(tenEach(), goodJson, parquet, zstd, gzipSync(goodJson)),
    ),
    of('good', fixed('log.csv'), fc.constant(tenEach())),
    of(
      'huge line',
      fc.constantFrom('log.csv', 'log.json'),
      fc
        .record({ megabytes: fc.constantFrom(0.1, 3, 17, 33), character: fc.constantFrom('x', '"', ',', '{', '\n') })
        .map(({ megabytes, character }) => `user,item\na,${character.repeat(megabytes * 2 ** 20)}\nb,c\n`),
    ),
  );
}
