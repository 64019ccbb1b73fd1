import { expect } from 'vitest';

/** Expects the largest difference, relative to the largest expected number, to be within the tolerance. */
export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  const errors = Array.from(expected, (x, k) => Math.abs(found[k]! - x) / scale);
  // NaN if any error is NaN, which is never within the tolerance.
  const worst = errors.reduce((most, error) => Math.max(most, error), 0);
  expect(
    worst,
    `found ${Array.from(found).slice(0, 5)}, expected ${Array.from(expected).slice(0, 5)}`,
  ).toBeLessThanOrEqual(tolerance);
}
