import { type Lines, NO_VALUE, type PackedLine } from '../../page-data/page-data.js';

/** A line's value at an epoch. */
export interface Point {
  readonly epoch: number;
  readonly value: number;
}

/** The points of one line, without the epochs at which it has no value. */
export function pointsOf(lines: Lines | undefined, name: string): Point[] {
  const line = lines?.values[name];
  if (!lines || !line) return [];
  const values = unpack(line);
  return lines.epochs.flatMap((epoch, at) => {
    const value = values[at];
    return value === undefined ? [] : [{ epoch, value }];
  });
}

/** The mean over runs at the epochs that all of them reached. */
export function meanOf(runs: readonly (readonly Point[])[]): Point[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { epoch, value } of runs.flat()) {
    const { sum, count } = sums.get(epoch) ?? { sum: 0, count: 0 };
    sums.set(epoch, { sum: sum + value, count: count + 1 });
  }
  return [...sums]
    .filter(([, { count }]) => count === runs.length)
    .map(([epoch, { sum, count }]) => ({ epoch, value: sum / count }))
    .sort((a, b) => a.epoch - b.epoch);
}

/** A line's value at an epoch, interpolated between its neighbours; undefined outside the line. */
export function valueAt(points: readonly Point[], epoch: number): number | undefined {
  const after = points.findIndex((point) => point.epoch >= epoch);
  const right = points[after];
  if (!right) return undefined;
  if (right.epoch === epoch) return right.value;
  const left = points[after - 1];
  if (!left) return undefined;
  return left.value + ((right.value - left.value) * (epoch - left.epoch)) / (right.epoch - left.epoch);
}

function unpack({ low, high, steps }: PackedLine): (number | undefined)[] {
  const bytes = atob(steps);
  return Array.from({ length: bytes.length / 2 }, (_, at) => {
    const step = bytes.charCodeAt(2 * at) + 256 * bytes.charCodeAt(2 * at + 1);
    return step === NO_VALUE ? undefined : low + ((high - low) * step) / (NO_VALUE - 1);
  });
}
