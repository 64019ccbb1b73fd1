import type { Point } from '../page-data.js';

/**
 * The mean over runs at the epochs that all of them reached. Beyond the first run that stops the mean would jump, for it
 * would be over other runs than before.
 */
export function meanLine(runs: readonly (readonly Point[])[]): Point[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const run of runs) {
    for (const [x, y] of run) {
      const entry = sums.get(x) ?? { sum: 0, count: 0 };
      entry.sum += y;
      entry.count++;
      sums.set(x, entry);
    }
  }
  return [...sums]
    .filter(([, { count }]) => count === runs.length)
    .map(([x, { sum, count }]): Point => [x, sum / count])
    .sort((a, b) => a[0] - b[0]);
}
