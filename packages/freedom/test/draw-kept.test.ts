import { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { describe, expect, test } from 'vitest';
import { drawKept } from '../src/pruned-interactions.js';

const draws = 20_000;

function generator(seed = 1): RandomGenerator {
  return new RandomGenerator([seed, 2, 3, 4]);
}

/** How often each outcome occurred in many draws. */
function shares(weights: readonly number[], dropout: number): Record<string, number> {
  const [random, counts] = [generator(), {} as Record<string, number>];
  for (let k = 0; k < draws; k++) {
    const kept = drawKept(Float32Array.from(weights), dropout, random).join();
    counts[kept] = (counts[kept] ?? 0) + 1 / draws;
  }
  return counts;
}

/** Expects the count to be within four standard deviations; the fixed seed makes the outcome deterministic. */
function expectShares(found: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void {
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [outcome, p] of Object.entries(expected)) {
    expect(Math.abs(found[outcome]! - p), outcome).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / draws));
  }
}

describe('drawing the interactions that an epoch keeps', () => {
  test.each([
    { n: 8, dropout: 0.75, count: 2 },
    { n: 7, dropout: 0.5, count: 3 },
    { n: 101, dropout: 0.8, count: 20 },
    { n: 101, dropout: 0.9, count: 10 },
    { n: 5, dropout: 0, count: 5 },
    { n: 1, dropout: 0.5, count: 0 },
  ])('keeps $count of $n at a dropout of $dropout, distinct and ascending', ({ n, dropout, count }) => {
    const weights = Float32Array.from({ length: n }, (_, k) => 1 + (k % 3));
    const random = generator();
    for (let round = 0; round < 20; round++) {
      const kept = [...drawKept(weights, dropout, random)];
      expect(kept).toHaveLength(count);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
      expect(kept.every((k) => k >= 0 && k < n)).toBe(true);
    }
  });

  test('is reproducible from the same state and differs for another', () => {
    const weights = new Float32Array(200).fill(1);
    const kept = drawKept(weights, 0.8, generator());
    expect(drawKept(weights, 0.8, generator())).toEqual(kept);
    expect(drawKept(weights, 0.8, generator(2))).not.toEqual(kept);
    const random = generator();
    drawKept(weights, 0.8, random);
    expect(drawKept(weights, 0.8, random)).not.toEqual(kept);
  });

  test('keeps one with probability proportional to its weight', () => {
    expectShares(shares([1, 2, 3, 4], 0.75), { 0: 0.1, 1: 0.2, 2: 0.3, 3: 0.4 });
  });

  test('keeps two as if drawn one after the other, the second from the rest', () => {
    const w = [0.1, 0.2, 0.3, 0.4];
    const pair = (a: number, b: number) => w[a]! * (w[b]! / (1 - w[a]!)) + w[b]! * (w[a]! / (1 - w[b]!));
    const pairs = [0, 1, 2].flatMap((a) => [1, 2, 3].filter((b) => b > a).map((b) => [`${a},${b}`, pair(a, b)]));
    // Only the ratios of the weights matter.
    expectShares(shares([5, 10, 15, 20], 0.5), Object.fromEntries(pairs));
  });
});
