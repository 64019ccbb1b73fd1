import { beforeAll, expect, test } from 'vitest';
import { RandomGenerator } from '../src/backbone.js';
import { Ids, Recommender } from '../src/index.js';
import { dataOf } from './support/data.js';
import { onEachEngine } from './support/engines.js';

const [USERS, ITEMS, WIDTH] = [40, 25, 6];

/** The first half of the users have two items each; the others have none. */
const { train } = dataOf(
  Array.from({ length: USERS }, (_, user) => (user < USERS / 2 ? [user % 5, 5 + (user % 20)] : [])),
  ITEMS,
);

function randomTables() {
  const random = new RandomGenerator([5, 6, 7, 8]);
  const draw = (count: number) => Float32Array.from({ length: count * WIDTH }, () => random.normal());
  return { dimension: WIDTH, users: draw(USERS), items: draw(ITEMS) };
}

const tables = randomTables();
const row = (side: 'users' | 'items', n: number) => [...tables[side].subarray(n * WIDTH, (n + 1) * WIDTH)];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, n) => sum + value * b[n]!, 0);
const norm = (a: readonly number[]) => Math.sqrt(dot(a, a));
const allItems = Array.from({ length: ITEMS }, (_, item) => item);

/** What the recommender should find, by sorting all items. */
function best(score: (item: number) => number, excluded: readonly number[], k: number): number[] {
  const left = allItems.filter((item) => !excluded.includes(item));
  return left.sort((one, other) => score(other) - score(one)).slice(0, k);
}

onEachEngine('a recommender', () => {
  let recommender: Recommender;
  beforeAll(() => {
    recommender = new Recommender({ tables, train });
  });

  test('ranks by dot product and leaves out training items', () => {
    for (const [user, { basis, items, scores }] of recommender.forUsers([...Array(20).keys()], { k: 7 }).entries()) {
      const score = (item: number) => dot(row('users', user), row('items', item));
      expect(basis).toBe('user');
      expect([...items]).toEqual(best(score, [...recommender.seenBy(user)], 7));
      for (const [rank, item] of items.entries()) expect(scores[rank]).toBeCloseTo(score(item), 4);
    }
  });

  test('ranks for untrained users by the mean of the given items, or else by popularity', () => {
    const given = [3, 9, 11];
    const mean = Array.from({ length: WIDTH }, (_, n) => given.reduce((sum, g) => sum + row('items', g)[n]! / 3, 0));
    const expected = best((item) => dot(mean, row('items', item)), [...given, 4], 5);
    const [trained, untrained] = recommender.forUsers([1, 30], { k: 5, given, exclude: [4] });
    expect(trained!.basis).toBe('user');
    expect([...trained!.items]).not.toEqual(expected);
    expect(trained!.items).not.toContain(9);
    expect(untrained!.basis).toBe('items');
    expect([...untrained!.items]).toEqual(expected);
    expect([...recommender.forItems({ k: 5, given, exclude: [4] }).items]).toEqual(expected);
    // Items 0 to 4 have four interactions each; later items have one.
    const [unknown] = recommender.forUsers([30], { k: 6, exclude: [2] });
    expect(unknown).toEqual({
      basis: 'popularity',
      items: Int32Array.of(0, 1, 3, 4, 5, 6),
      scores: Float32Array.of(4, 4, 4, 4, 1, 1),
    });
  });

  test('returns fewer items if fewer are left, and keeps the order of mixed users', () => {
    const answers = recommender.forUsers([30, 2, 31, 3], { k: 1000, exclude: allItems.slice(0, 20) });
    expect(answers.map(({ basis }) => basis)).toEqual(['popularity', 'user', 'popularity', 'user']);
    for (const { items } of answers) expect([...items].sort((a, b) => a - b)).toEqual([20, 21, 22, 23, 24]);
    expect(recommender.forItems({ k: 3, exclude: allItems })).toMatchObject({ items: new Int32Array(0) });
  });

  test('finds similar items by cosine', () => {
    for (const item of [0, 7, 24]) {
      const cosine = (other: number) =>
        dot(row('items', item), row('items', other)) / norm(row('items', item)) / norm(row('items', other));
      const { items, scores } = recommender.similarItems(item, 4);
      expect([...items]).toEqual(best(cosine, [item], 4));
      expect(scores[0]).toBeCloseTo(cosine(items[0]!), 5);
    }
  });

  test('refuses a model that diverged', () => {
    const users = tables.users.slice().fill(Number.NaN, 8, 9);
    expect(() => new Recommender({ tables: { ...tables, users }, train })).toThrow(/users, row 1: .*not finite/);
  });
});

test('ids are original ids if there are any, otherwise numbers', () => {
  const numbers = Ids.numbers(12);
  expect([numbers.find(11), numbers.find('3'), numbers.idOf(4)]).toEqual([11, 3, 4]);
  for (const bad of [12, -1, 1.5, '', '03', '1e1', ' 1', 'x', Number.NaN]) expect(numbers.find(bad)).toBeUndefined();
  const originals = Ids.originals(['b', '0', 'constructor']);
  expect([originals.find('0'), originals.find('constructor'), originals.find('1')]).toEqual([1, 2, undefined]);
  expect(originals.idOf(0)).toBe('b');
  expect(() => originals.numberOf('z', 'item', '--items')).toThrow(/--items: the model does not know this item/);
});
