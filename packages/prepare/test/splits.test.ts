import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { type Prepared, prepareFiles, tenEach } from './prepared.js';

interface Row {
  readonly user: string;
  readonly item: string;
  readonly time: number;
}

type Splits = Record<'train' | 'validation' | 'test', string[]>;

const log = (rows: readonly Row[]) =>
  ['user,item,time', ...rows.map(({ user, item, time }) => `${user},${item},${time}`)].join('\n');

/** As documented: the last eight bytes of an MD5, as a little-endian number. */
function drawn(seed: number, { user, item }: Row): bigint {
  return createHash('md5')
    .update(`${seed} ${[...user].length} ${user} ${item}`)
    .digest()
    .readBigUInt64LE(8);
}

function inOrder(rows: readonly Row[], seed: number, byTime: boolean): Row[] {
  const key = (row: Row) => [byTime ? row.time : 0, drawn(seed, row)] as const;
  return [...rows].sort((one, other) => {
    const [[oneTime, oneDraw], [otherTime, otherDraw]] = [key(one), key(other)];
    return oneTime - otherTime || (oneDraw < otherDraw ? -1 : 1);
  });
}

/** The splits as the guide defines them, computed with objects and loops. */
function splitsOf(rows: readonly Row[], seed: number, byTime: boolean, sizes: (n: number) => [number, number]): Splits {
  const splits: Splits = { train: [], validation: [], test: [] };
  for (const user of new Set(rows.map((row) => row.user))) {
    const own = inOrder(
      rows.filter((row) => row.user === user),
      seed,
      byTime,
    );
    const [validation, testing] = sizes(own.length);
    const names = own.map(({ item }) => `${user} ${item}`);
    splits.train.push(...names.slice(0, own.length - validation - testing));
    splits.validation.push(...names.slice(own.length - validation - testing, own.length - testing));
    splits.test.push(...names.slice(own.length - testing));
  }
  for (const names of Object.values(splits)) names.sort();
  return splits;
}

const byRatios =
  (validation: number, testing: number, whole: number) =>
  (n: number): [number, number] => {
    if (n < 3) return [0, n - 1];
    const share = (part: number) => Math.max(1, Math.floor((n * part) / whole + 0.5));
    const forTest = Math.min(share(testing), n - 2);
    return [Math.min(share(validation), n - 1 - forTest), forTest];
  };

const leaveOneOut = (n: number): [number, number] => [n > 2 ? 1 : 0, n > 1 ? 1 : 0];

/** Logs with ties in time, for users with one to thirty items. */
const logs = fc
  .array(
    fc.record({
      user: fc.constantFrom('a', 'b', 'ü', 'd', 'e'),
      item: fc.nat(29).map((n) => `i${n}`),
      time: fc.nat(6),
    }),
    {
      minLength: 20,
      maxLength: 120,
    },
  )
  .map((rows) => [...new Map(rows.map((row) => [`${row.user} ${row.item}`, row])).values()])
  .filter((rows) => rows.length > 15);

const named = ({ train, validation, test: testing }: Prepared) => ({ train, validation, test: testing });

describe('splits as the guide says', () => {
  test.each([
    ['random', false, '8:1:1', byRatios(1, 1, 10)],
    ['random', false, '0.6:0.15:0.25', byRatios(15, 25, 100)],
    ['random', false, '1:7:7', byRatios(7, 7, 15)],
    ['user-time', true, '8:1:1', byRatios(1, 1, 10)],
    ['user-time', true, '7:1:2', byRatios(1, 2, 10)],
    ['leave-one-out', true, '8:1:1', leaveOneOut],
  ] as const)('%s (by time: %s), %s', async (splitBy, byTime, ratios, sizes) => {
    await fc.assert(
      fc.asyncProperty(logs, fc.nat(1000), async (rows, seed) => {
        const prepared = await prepareFiles({ 'log.csv': log(rows) }, { splitBy, ratios, seed });
        expect(named(prepared)).toEqual(splitsOf(rows, seed, byTime, sizes));
      }),
      { numRuns: 8 },
    );
  });

  test('global-time: everything from a cutoff on, equal times together, without users that have no training', async () => {
    await fc.assert(
      fc.asyncProperty(logs, async (rows) => {
        const times = rows.map(({ time }) => time).sort((one, other) => one - other);
        const [valid, testing] = [
          times[Math.floor((rows.length * 8) / 10)]!,
          times[Math.floor((rows.length * 9) / 10)]!,
        ];
        const label = (time: number) => (time >= testing ? 'test' : time >= valid ? 'validation' : 'train');
        const trained = new Set(rows.filter(({ time }) => label(time) === 'train').map(({ user }) => user));
        const expected: Splits = { train: [], validation: [], test: [] };
        for (const { user, item, time } of rows) if (trained.has(user)) expected[label(time)].push(`${user} ${item}`);
        for (const names of Object.values(expected)) names.sort();
        const preparing = prepareFiles({ 'log.csv': log(rows) }, { splitBy: 'global-time' });
        if (Object.values(expected).some((names) => names.length === 0)) {
          expect((await thrownBy(() => preparing)).code).toMatch(/^prepare\/(empty-split|nothing-left)$/);
        } else {
          expect(named(await preparing)).toEqual(expected);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('column: labels as numbers and names, in any case; a pair in two splits stays in both', async () => {
    const lines = [
      'a,1,0',
      'a,2,1',
      'a,3,2',
      'b,1,Train',
      'b,2, VALID ',
      'b,3,Test',
      'b,1,dev',
      'b,1,train',
      'c,1,test',
    ];
    const prepared = await prepareFiles({ 'log.csv': ['user,item,split', ...lines].join('\n') });
    expect(prepared.record.splitBy).toBe('column');
    expect(named(prepared)).toEqual({
      train: ['a 1', 'b 1'],
      validation: ['a 2', 'b 1', 'b 2'],
      test: ['a 3', 'b 3', 'c 1'],
    });
  });

  test('by the requested method even if there is a split column', async () => {
    const { record } = await prepareFiles(
      {
        'log.csv': tenEach()
          .replaceAll(/$/gm, ',what')
          .replace('timestamp,what', 'timestamp,x_label')
          .trimEnd()
          .slice(0, -5),
      },
      { splitBy: 'random' },
    );
    expect(record).toMatchObject({ splitBy: 'random', unused: ['rating', 'time', 'split'] });
  });

  test.each([
    ['user-time', 'time', 'timestamp'],
    ['leave-one-out', 'time', 'timestamp'],
    ['column', 'split', 'x_label'],
  ] as const)('but refuses %s without a %s column', async (splitBy, role, example) => {
    const error = await thrownBy(() => prepareFiles({ 'log.csv': 'user,item\na,1\n' }, { splitBy }));
    expect(error.code).toBe('prepare/no-column');
    expect(error.details).toMatchObject({
      expected: expect.stringContaining(example),
      remedy: expect.stringContaining(`--${role}`),
    });
  });

  test('but refuses an empty split', async () => {
    const error = await thrownBy(() => prepareFiles({ 'log.csv': 'user,item\na,1\na,2\nb,1\n' }));
    expect(error.code).toBe('prepare/empty-split');
    expect(error.details.found).toBe('2 training, 0 validation, 1 test');
  });
});
