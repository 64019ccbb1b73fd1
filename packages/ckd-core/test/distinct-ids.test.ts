import { expect, test } from 'vitest';
import { distinctIds, RandomGenerator } from '../src/backbone.js';

// Dense and sparse ids take different code paths.
test.each([1, 10, 10_000])(
  'collects the distinct ids of several lists, ascending, with their positions; spacing %i',
  (factor) => {
    const random = new RandomGenerator([1, 2, 3, 4]);
    const lists = [20, 0, 7].map((length) => Int32Array.from({ length }, () => random.below(30) * factor));
    const { ids, positions } = distinctIds(lists);
    expect([...ids]).toEqual([...new Set(lists.flatMap((list) => [...list]))].sort((a, b) => a - b));
    expect(positions.map((each) => [...each].map((at) => ids[at]))).toEqual(lists.map((list) => [...list]));
  },
);

test('accepts empty lists', () => {
  expect(distinctIds([new Int32Array()])).toEqual({ ids: new Int32Array(), positions: [new Int32Array()] });
});
