import { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { describe, expect, test } from 'vitest';
import { scoreGroups } from '../../src/evaluation/read-test-split.js';
import { measure } from '../../src/index.js';

const itemCount = 60;
const cutoffs = [5, 10];
const k = 10;

/** Items by user, as compressed rows. */
function interactions(rows: readonly (readonly number[])[]) {
  const offsets = new Int32Array(rows.length + 1);
  for (const [user, row] of rows.entries()) offsets[user + 1] = offsets[user]! + row.length;
  return { offsets, items: Int32Array.from(rows.flat()) };
}

/** Lists at random, of users with random numbers of items, some of them with none to find. */
function sample(userCount: number, mostItems = 12, seed = 1) {
  const random = new RandomGenerator([seed, 2, 3, 4]);
  const shuffled = () => {
    const items = Array.from({ length: itemCount }, (_, item) => item);
    // Low items more often, so that some are popular.
    return items.sort((a, b) => a - b + (random.unit() - 0.5) * itemCount * 1.5);
  };
  const users = Array.from({ length: userCount }, () => {
    const [items, trained] = [shuffled(), 1 + random.below(mostItems)];
    return { train: items.slice(0, trained), test: items.slice(trained, trained + random.below(6)), list: shuffled() };
  });
  const evaluated = [...users.keys()].filter((user) => users[user]!.test.length > 0);
  const relevant = interactions(users.map(({ test: own }) => own));
  const ids = Int32Array.from(evaluated.flatMap((user) => users[user]!.list.slice(0, k)));
  const lists = { users: Int32Array.from(evaluated), k, ids };
  const measured = measure({ lists, relevant, metrics: ['recall', 'ndcg'], cutoffs });
  const train = interactions(users.map(({ train: own }) => own));
  return { users, evaluated, request: { train, itemCount, relevant, lists, measured, cutoffs } };
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('scores by group', () => {
  const { users, evaluated, request } = sample(200);
  const groups = scoreGroups(request);

  test("a group of users has the mean of its members' scores, and is told by their training interactions", () => {
    for (const { from, to, count, values } of groups.users) {
      const members = [...evaluated.entries()].filter(([, user]) => {
        const active = users[user]!.train.length;
        return from <= active && active <= to;
      });
      expect(members).toHaveLength(count);
      for (const [metric, scores] of Object.entries(request.measured.perUser)) {
        expect(values[metric]).toBeCloseTo(mean(members.map(([position]) => scores[position]!)), 12);
      }
    }
  });

  test("a group of items has the share of its test interactions that are in the users' lists", () => {
    const popularity = Array.from({ length: itemCount }, (_, item) =>
      users.reduce((count, { train }) => count + (train.includes(item) ? 1 : 0), 0),
    );
    const tests = evaluated.flatMap((user) => users[user]!.test.map((item) => ({ item, list: users[user]!.list })));
    for (const { from, to, count, values } of groups.items) {
      const members = tests.filter(({ item }) => from <= popularity[item]! && popularity[item]! <= to);
      expect(members).toHaveLength(count);
      for (const cutoff of cutoffs) {
        const hits = members.map(({ item, list }) => (list.slice(0, cutoff).includes(item) ? 1 : 0));
        expect(values[`recall@${cutoff}`]).toBeCloseTo(mean(hits), 12);
      }
    }
  });

  test('groups are four, ascending, about even, and have every user and test interaction once', () => {
    const counted = { users: evaluated.length, items: request.relevant.items.length };
    for (const side of ['users', 'items'] as const) {
      const list = groups[side];
      expect(list).toHaveLength(4);
      expect(list.reduce((sum, { count }) => sum + count, 0)).toBe(counted[side]);
      for (const [at, { from, to, count }] of list.entries()) {
        expect(from).toBeLessThanOrEqual(to);
        if (at > 0) expect(from).toBeGreaterThan(list[at - 1]!.to);
        // Equal values stay together, so groups are as even as those allow.
        expect(Math.abs(count / counted[side] - 1 / 4)).toBeLessThan(0.1);
      }
    }
  });

  test('the mean over groups of users, by their sizes, is the mean over users', () => {
    const total = groups.users.reduce((sum, { count, values }) => sum + count * values['recall@10']!, 0);
    expect(total / evaluated.length).toBeCloseTo(request.measured.mean['recall@10']!, 12);
  });

  test('users who are all alike are one group, and few users are few groups', () => {
    const alike = sample(50, 1);
    const [group, ...more] = scoreGroups(alike.request).users;
    expect(more).toEqual([]);
    expect(group).toMatchObject({ from: 1, to: 1, count: alike.evaluated.length });
    expect(group!.values).toEqual(
      Object.fromEntries(
        Object.entries(alike.request.measured.mean).map(([metric, value]) => [metric, expect.closeTo(value, 12)]),
      ),
    );
    const few = sample(3, 12, 7);
    expect(scoreGroups(few.request).users.length).toBeLessThanOrEqual(few.evaluated.length);
  });
});
