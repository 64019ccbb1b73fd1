import { expect, test } from 'vitest';
import { holmAdjusted, SIGNIFICANCE_LEVELS, significanceMark } from '../../src/statistics/significance.js';

const rounded = (values: readonly number[]) => values.map((value) => Number(value.toFixed(10)));

test('published examples', () => {
  // The documentation of pingouin's `holm`.
  expect(rounded(holmAdjusted([0.5, 0.003, 0.32, 0.054, 0.0003]))).toEqual([0.64, 0.012, 0.64, 0.162, 0.0015]);
  // The documentation of stdlib's `padjust`.
  expect(rounded(holmAdjusted([0.319, 0.201, 0.4, 0.374, 0.113]))).toEqual([0.957, 0.804, 0.957, 0.957, 0.565]);
  // Wikipedia's article on the method: at 0.05, the first and the fourth of these are rejected.
  const adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005]);
  expect(adjusted.map((p) => p < 0.05)).toEqual([true, false, false, true]);
});

test('a single test stays as it is, none is below its own p, none is above 1, order is kept', () => {
  expect(holmAdjusted([])).toEqual([]);
  expect(holmAdjusted([0.03])).toEqual([0.03]);
  const ps = [0.9, 0.2, 0.001, 0.2, 0.04, 1];
  const adjusted = holmAdjusted(ps);
  for (const [at, p] of ps.entries()) {
    expect(adjusted[at]).toBeGreaterThanOrEqual(p);
    expect(adjusted[at]).toBeLessThanOrEqual(1);
  }
  expect(adjusted[1]).toBe(adjusted[3]);
});

test('marks: strictly below their level', () => {
  expect([1, 0.05, 0.0499, 0.01, 0.0099, 0.001, 0.00099, 0].map(significanceMark)).toEqual([
    '',
    '',
    '*',
    '*',
    '**',
    '**',
    '***',
    '***',
  ]);
  expect(SIGNIFICANCE_LEVELS.map(({ mark }) => mark)).toEqual(['***', '**', '*']);
});
