import { expect, test } from 'vitest';
import { QUANTILES, quantiles, RandomGenerator } from '../src/index.js';

test('quantiles of 0 to 100 equal the levels in percent', () => {
  const values = Float32Array.from({ length: 101 }, (_, k) => 100 - k);
  expect(quantiles(values)).toEqual(QUANTILES.map((level) => expect.closeTo(100 * level, 10)));
});

test('quantiles interpolate between two values', () => {
  expect(quantiles(Float32Array.of(8, 4))).toEqual(QUANTILES.map((level) => expect.closeTo(4 + 4 * level, 10)));
});

test('quantiles of one value or of equal values are that value', () => {
  for (const values of [Float32Array.of(-2), new Float32Array(7).fill(-2)]) {
    expect(quantiles(values)).toEqual(QUANTILES.map(() => -2));
  }
});

test('quantiles sort numerically, including infinities, without reordering the input', () => {
  const values = Float32Array.of(10, 9, Number.NEGATIVE_INFINITY, -1, Number.POSITIVE_INFINITY);
  const before = values.slice();
  expect(quantiles(values)[2]).toBe(9);
  expect(values).toEqual(before);
});

test('the share of values below a quantile is its level', () => {
  const random = new RandomGenerator([1, 2, 3, 4]);
  const values = Float32Array.from({ length: 2000 }, () => random.normal());
  for (const [k, quantile] of quantiles(values).entries()) {
    const below = values.filter((value) => value < quantile).length;
    expect(Math.abs(below - QUANTILES[k]! * values.length)).toBeLessThanOrEqual(1);
  }
});
