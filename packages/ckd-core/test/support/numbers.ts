import { expect } from 'vitest';

/** The largest difference, relative to the largest number expected, is within the tolerance. */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const errors = Array.from(expected, (x, k) => Math.abs(found[k]! - x) / scale);
  // NaN where any error is NaN, which is not within any tolerance.
  const worst = errors.reduce((most, error) => Math.max(most, error), 0);
  expect(
    worst,
    `found ${Array.from(found).slice(0, 5)}, expected ${Array.from(expected).slice(0, 5)}`,
  ).toBeLessThanOrEqual(tolerance);
}
