import { describe, expect, test } from 'vitest';
import {
  byItem,
  countByItem,
  hasItems,
  type Interactions,
  itemsOf,
  keepUsers,
  mergeInteractions,
  ofUsers,
  userCountOf,
} from '../src/index.js';

/** One row of items per user. */
function rows(...lists: number[][]): Interactions {
  const offsets = new Int32Array(lists.length + 1);
  for (const [user, list] of lists.entries()) offsets[user + 1] = offsets[user]! + list.length;
  return { offsets, items: Int32Array.from(lists.flat()) };
}

const train = rows([1, 4], [], [0, 4, 5], [4]);

describe('one user', () => {
  test('has its items, as a view of the same memory', () => {
    expect([...itemsOf(train, 2)]).toEqual([0, 4, 5]);
    expect(itemsOf(train, 2).buffer).toBe(train.items.buffer);
    expect([...itemsOf(train, 1)]).toEqual([]);
  });

  test('may have items or none', () => {
    expect([0, 1, 2, 3].map((user) => hasItems(train, user))).toEqual([true, false, true, true]);
    expect(userCountOf(train)).toBe(4);
  });
});

describe('some users', () => {
  test('are renumbered in the given order, even if repeated', () => {
    expect(ofUsers(train, Int32Array.of(3, 0, 1, 0))).toEqual(rows([4], [1, 4], [], [1, 4]));
    expect(ofUsers(train, new Int32Array())).toEqual(rows());
  });

  test('keep their own numbers while the others lose their items', () => {
    expect(keepUsers(train, Int32Array.of(1, 2))).toEqual(rows([], [], [0, 4, 5], []));
    expect(keepUsers(train, new Int32Array())).toEqual(rows([], [], [], []));
  });
});

test('splits merge user by user, in the order of the splits', () => {
  const test = rows([0], [2], [], [4]);
  expect(mergeInteractions([train, test], 4)).toEqual(rows([1, 4, 0], [2], [0, 4, 5], [4, 4]));
  expect(mergeInteractions([], 2)).toEqual(rows([], []));
});

describe('items', () => {
  test('are counted, including those that never occur', () => {
    expect([...countByItem(train, 7)]).toEqual([1, 1, 0, 0, 3, 1, 0]);
  });

  test('have their users in the transpose, whose transpose is the original', () => {
    expect(byItem(train, 6)).toEqual(rows([2], [0], [], [], [0, 2, 3], [2]));
    expect(byItem(byItem(train, 6), 4)).toEqual(train);
  });
});
