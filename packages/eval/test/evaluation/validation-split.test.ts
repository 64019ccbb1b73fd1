import { synthesizeDataset } from '@balanced-rec/datasets';
import { expect, test } from 'vitest';
import { validationSplit } from '../../src/evaluation/validate.js';

const dataset = synthesizeDataset({ seed: 1, userCount: 80, itemCount: 40, interactionsPerUser: 12 });
const { validation } = dataset;

function itemsOf({ offsets, items }: typeof validation, user: number): number[] {
  return [...items.subarray(offsets[user], offsets[user + 1])];
}

test('it is the whole split, unless the protocol asks for fewer users', () => {
  expect(validationSplit(dataset, {}, 1)).toBe(validation);
  expect(validationSplit(dataset, { validationUsers: 80 }, 1)).toBe(validation);
});

test('so many users keep what they have, and the others have nothing', () => {
  const split = validationSplit(dataset, { validationUsers: 25 }, 1);
  const users = Array.from({ length: 80 }, (_, user) => user);
  const kept = users.filter((user) => itemsOf(split, user).length > 0);
  expect(kept).toHaveLength(25);
  for (const user of kept) expect(itemsOf(split, user)).toEqual(itemsOf(validation, user));
  expect(split.offsets.at(-1)).toBe(split.items.length);
});

test('the same users for a seed, others for another', () => {
  const of = (seed: number) => validationSplit(dataset, { validationUsers: 25 }, seed);
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});
