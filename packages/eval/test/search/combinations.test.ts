import { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { describe, expect, test } from 'vitest';
import { gridCombinations, randomCombinations } from '../../src/search/combinations.js';

describe('combinations', () => {
  test('of a grid are all, each once', () => {
    expect(gridCombinations({ a: [1, 2], b: ['x', 'y', 'z'] })).toEqual([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 1, b: 'z' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
      { a: 2, b: 'z' },
    ]);
  });

  const random = () => new RandomGenerator([5, 6, 7, 8]);
  const space = {
    rate: { logUniform: [1e-4, 1e-1] },
    width: { integer: [3, 5] },
    share: { uniform: [0.2, 0.4] },
  } as const;
  const mutable = space as unknown as Parameters<typeof randomCombinations>[0];

  test('drawn at random are different, within their ranges, and spread over the magnitudes', () => {
    const drawn = randomCombinations(mutable, 300, random()) as { rate: number; width: number; share: number }[];
    expect(new Set(drawn.map((values) => JSON.stringify(values))).size).toBe(300);
    for (const { rate, width, share } of drawn) {
      expect(rate).toBeGreaterThanOrEqual(1e-4);
      expect(rate).toBeLessThanOrEqual(1e-1);
      expect([3, 4, 5]).toContain(width);
      expect(share).toBeGreaterThanOrEqual(0.2);
      expect(share).toBeLessThanOrEqual(0.4);
    }
    for (const low of [1e-4, 1e-3, 1e-2])
      expect(drawn.filter(({ rate }) => rate >= low && rate < low * 10).length).toBeGreaterThan(70);
  });

  test('more of them begin with the same ones', () => {
    const some = randomCombinations(mutable, 5, random());
    expect(randomCombinations(mutable, 9, random()).slice(0, 5)).toEqual(some);
  });

  test('of a small space are all of it, and no more', () => {
    const drawn = randomCombinations({ a: [1, 2], b: [true, false] }, 50, random());
    expect(drawn).toHaveLength(4);
  });
});
