import type { Matrix } from './matrix.js';

/**
 * The largest difference, relative to the largest expected magnitude; NaN if any value is NaN, infinite if the lengths differ.
 * @param leastScale a lower bound for that magnitude, for values left over when larger numbers rounded to float32 cancel
 */
export function relativeError(found: ArrayLike<number>, expected: readonly number[], leastScale = 0): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(leastScale, ...expected.map(Math.abs));
  return Math.max(...expected.map((x, k) => Math.abs(found[k]! - x))) / scale;
}

/**
 * Central differences of a loss with respect to each element of a parameter. In double precision the step can be so small
 * that it does not cross a kink.
 */
export function slopes(parameter: Matrix, loss: () => number, step = 1e-6): number[] {
  return parameter.flatMap((row) =>
    row.map((value, c) => {
      const at = (x: number) => {
        row[c] = x;
        return loss();
      };
      const slope = (at(value + step) - at(value - step)) / (2 * step);
      row[c] = value;
      return slope;
    }),
  );
}
