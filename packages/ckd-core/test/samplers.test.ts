import { describe, expect, test } from 'vitest';
import { RandomGenerator, type TrainingData, type Triples } from '../src/backbone.js';
import { createSampler, type SamplerName, uniformPairs } from '../src/index.js';
import { drawUsers } from '../src/training/samplers.js';
import { dataOf, smallData } from './support/data.js';
import { thrownBy } from './support/thrown-by.js';

const everything = [0, 1, 2, 3];
/** Out of four items, user 0 has one, 1 has all, 2 none, 3 all but one, 4 two. */
const uneven = dataOf([[2], everything, [], [0, 1, 3], [1, 2]], 4);

function sampler(name: SamplerName, data: TrainingData, batchSize: number, seed = 1) {
  return createSampler(name, { data, batchSize, random: new RandomGenerator([seed, 2, 3, 4]) });
}

function has({ train }: TrainingData, user: number, item: number): boolean {
  return train.items.subarray(train.offsets[user], train.offsets[user + 1]).includes(item);
}

function expectTriplesOf(data: TrainingData, batches: readonly Triples[]): void {
  for (const { users, positives, negatives } of batches) {
    expect([positives.length, negatives.length]).toEqual([users.length, users.length]);
    for (const [k, user] of users.entries()) {
      expect(has(data, user, positives[k]!), `user ${user} has ${positives[k]}`).toBe(true);
      expect(has(data, user, negatives[k]!), `user ${user} does not have ${negatives[k]}`).toBe(false);
      expect(negatives[k]).toBeGreaterThanOrEqual(0);
      expect(negatives[k]).toBeLessThan(data.itemCount);
    }
  }
}

describe.each(['ckd-paper', 'mmrec'] as const)('the %s sampler', (name) => {
  test('pairs items that a user has with items that the user does not have', () => {
    const data = smallData();
    const { epoch } = sampler(name, data, 16);
    for (let k = 0; k < 5; k++) expectTriplesOf(data, [...epoch()]);
  });

  test('leaves out users who have nothing and users who have everything', () => {
    const { epoch } = sampler(name, uneven, 2);
    const batches = Array.from({ length: 20 }, () => [...epoch()]).flat();
    expectTriplesOf(uneven, batches);
    const seen = new Set(batches.flatMap(({ users }) => [...users]));
    expect([...seen].sort()).toEqual([0, 3, 4]);
  });

  test('reaches every negative of a user', () => {
    const { epoch } = sampler(name, uneven, 3);
    const batches = Array.from({ length: 60 }, () => [...epoch()]).flat();
    const negatives = new Map<number, Set<number>>();
    for (const { users, negatives: items } of batches) {
      for (const [k, user] of users.entries()) negatives.set(user, (negatives.get(user) ?? new Set()).add(items[k]!));
    }
    expect([...negatives.get(0)!].sort()).toEqual([0, 1, 3]);
    expect([...negatives.get(3)!]).toEqual([2]);
    expect([...negatives.get(4)!].sort()).toEqual([0, 3]);
  });

  test('draws negatives uniformly', () => {
    const data = dataOf([[0]], 11);
    const { epoch } = sampler(name, data, 1);
    const counts = new Array<number>(11).fill(0);
    for (let k = 0; k < 1000; k++) for (const { negatives } of epoch()) counts[negatives[0]!]!++;
    const total = counts.reduce((a, b) => a + b);
    const expected = total / 10;
    const chiSquare = counts.slice(1).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts[0]).toBe(0);
    expect(chiSquare).toBeLessThan(9 + 4 * Math.sqrt(18));
  });

  test('draws different batches in the next epoch, and the same ones from the same state', () => {
    const data = smallData();
    const one = sampler(name, data, 16);
    const first = [...one.epoch()];
    const second = [...one.epoch()];
    const again = sampler(name, data, 16);
    expect([...again.epoch()]).toEqual(first);
    expect([...again.epoch()]).toEqual(second);
    expect(second).not.toEqual(first);
    expect([...sampler(name, data, 16, 2).epoch()]).not.toEqual(first);
  });

  test.each([
    ['nobody has anything', dataOf([[], []], 4)],
    ['everybody has everything', dataOf([everything, everything], 4)],
    ['there are no users', dataOf([], 4)],
  ])('refuses data where %s', (_, data) => {
    const { details } = thrownBy(() => sampler(name, data, 2), 'sampler/no-negatives');
    expect(details.found).toContain(`${data.train.items.length} training interactions`);
  });
});

describe('the ckd-paper sampler', () => {
  test.each([
    [130, 16, 9],
    [128, 16, 9],
    [5, 100, 1],
  ])('turns %i interactions in batches of %i into %i steps per epoch', (count, batchSize, steps) => {
    const lists = Array.from({ length: count }, (_, user) => [user % 7]);
    const { steps: said, epoch } = sampler('ckd-paper', dataOf(lists, 9), batchSize);
    expect(said).toBe(steps);
    const batches = [...epoch()];
    expect(batches).toHaveLength(steps);
    for (const { users } of batches) expect(users).toHaveLength(batchSize);
  });

  test('draws distinct users if there are enough, all equally often', () => {
    const data = dataOf(
      Array.from({ length: 20 }, () => [1]),
      3,
    );
    const { epoch } = sampler('ckd-paper', data, 8);
    const counts = new Array<number>(20).fill(0);
    let draws = 0;
    for (let k = 0; k < 100; k++) {
      for (const { users } of epoch()) {
        expect(new Set(users).size).toBe(8);
        for (const user of users) counts[user]!++;
        draws += 8;
      }
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - draws / 20) ** 2 / (draws / 20), 0);
    expect(chiSquare).toBeLessThan(19 + 4 * Math.sqrt(38));
  });

  test('takes every user once if the batch has exactly that size, and repeats users if it is larger', () => {
    const data = dataOf(
      Array.from({ length: 6 }, () => [1]),
      3,
    );
    for (const { users } of sampler('ckd-paper', data, 6).epoch())
      expect([...users].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    const [batch] = [...sampler('ckd-paper', data, 50).epoch()];
    expect(batch!.users).toHaveLength(50);
    expect(new Set(batch!.users).size).toBe(6);
  });

  test("draws a user's positives uniformly", () => {
    const data = dataOf([[0, 2, 3, 7, 9]], 10);
    const { epoch } = sampler('ckd-paper', data, 1);
    const counts = new Map<number, number>();
    for (let k = 0; k < 400; k++) {
      for (const { positives } of epoch()) counts.set(positives[0]!, (counts.get(positives[0]!) ?? 0) + 1);
    }
    const expected = (400 * 6) / 5;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(5);
    expect(chiSquare).toBeLessThan(4 + 4 * Math.sqrt(8));
  });
});

describe('the mmrec sampler', () => {
  test.each([7, 16, 1000])('sees each interaction once per epoch, shuffled, in batches of %i', (batchSize) => {
    const data = smallData();
    const { steps, epoch } = sampler('mmrec', data, batchSize);
    const total = data.train.items.length;
    const all = Array.from({ length: data.userCount }, (_, user) =>
      [...data.train.items.subarray(data.train.offsets[user], data.train.offsets[user + 1])].map((i) => `${user} ${i}`),
    ).flat();
    for (let k = 0; k < 2; k++) {
      const batches = [...epoch()];
      expect(batches).toHaveLength(steps);
      expect(batches.map(({ users }) => users.length)).toEqual(
        batches.map((_, b) => Math.min(batchSize, total - b * batchSize)),
      );
      const seen = batches.flatMap(({ users, positives }) => [...users].map((user, at) => `${user} ${positives[at]}`));
      expect([...seen].sort()).toEqual([...all].sort());
      expect(seen).not.toEqual(all);
    }
  });
});

describe('uniformPairs', () => {
  test('draws distinct training users if there are enough, and items from all items, interacted or not', () => {
    const data = dataOf([[2], everything, [], [0, 1, 3], [1, 2]], 4);
    const pairs = uniformPairs(data, 4, new RandomGenerator([1, 2, 3, 4]));
    const items = new Set<number>();
    for (let k = 0; k < 30; k++) {
      const { users, positives, negatives } = pairs();
      expect([...users].sort()).toEqual([0, 1, 3, 4]);
      for (const item of [...positives, ...negatives]) items.add(item);
    }
    expect([...items].sort()).toEqual([0, 1, 2, 3]);
  });

  test('repeats users if there are too few', () => {
    const { users, positives, negatives } = uniformPairs(smallData(), 500, new RandomGenerator([1, 2, 3, 4]))();
    expect([users.length, positives.length, negatives.length]).toEqual([500, 500, 500]);
    expect(new Set(users).size).toBe(29);
    expect(users.includes(29)).toBe(false);
    expect([...positives]).not.toEqual([...negatives]);
  });
});

test('a draw restores the candidates, so that the next one depends only on the generator', () => {
  const candidates = Int32Array.from({ length: 50 }, (_, n) => 3 * n);
  const random = new RandomGenerator([1, 2, 3, 4]);
  drawUsers(candidates, 50, random);
  const { state } = random;
  const drawn = drawUsers(candidates, 20, random);
  expect([...candidates]).toEqual(Array.from({ length: 50 }, (_, n) => 3 * n));
  expect(new Set(drawn).size).toBe(20);
  random.state = state;
  expect(drawUsers(candidates, 20, random)).toEqual(drawn);
});
