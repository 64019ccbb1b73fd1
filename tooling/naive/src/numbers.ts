import type { Matrix } from './matrix.js';

/**
 * Largest difference, relative to the largest number expected; NaN where there is one, infinite where the lengths differ.
 * @param leastScale what smaller numbers count as, where they are what is left of larger ones that float32 rounds
 */
export function relativeError(found: ArrayLike<number>, expected: readonly number[], leastScale = 0): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(leastScale, ...expected.map(Math.abs));
  return Math.max(...expected.map((x, k) => Math.abs(found[k]! - x))) / scale;
}

/** Central differences of a loss by each number of a parameter. In double precision steps are so small that no kink comes between. */
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
