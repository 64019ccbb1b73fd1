import { rounded } from '../timing.js';
import { type MachineRates, measureMachineRates, type ProductShape } from './machine-rates.js';
import { type Sizes, setting } from './sizes.js';
import type { Work } from './work.js';

/** Few enough rows for a measurement of milliseconds, many enough for the best rate. */
const MOST_ROWS = 4096;

/**
 * The least time of some work on this machine: that of its products or that of its memory traffic, whichever is longer, for the two
 * can overlap. Loads the machine, so measure what is to be compared with it before.
 * @param seconds what was measured
 */
export function measureFloor(work: Work, sizes: Sizes, seconds: number) {
  const rates = measureMachineRates(shapesOf(sizes));
  const floor = floorSeconds(work, rates);
  return {
    floorSeconds: rounded(floor),
    overFloor: rounded(seconds / floor),
    floor: {
      flops: Math.round(work.flops),
      bytes: Math.round(work.bytes),
      flopsPerSecond: rounded(rates.flopsPerSecond),
      bytesPerSecond: rounded(rates.bytesPerSecond),
    },
  };
}

/** In seconds. */
export function floorSeconds({ flops, bytes }: Work, { flopsPerSecond, bytesPerSecond }: MachineRates): number {
  return Math.max(flops / flopsPerSecond, bytes / bytesPerSecond);
}

/** Projections of features, layers over nodes, and a ranking. */
function shapesOf(sizes: Sizes): ProductShape[] {
  const d = setting(sizes, 'embeddingDim');
  const [items, nodes] = [sizes.items, sizes.users + sizes.items].map((rows) => Math.min(rows, MOST_ROWS));
  return [
    ...sizes.features.map((columns) => ({ rows: items!, inner: columns, columns: d })),
    { rows: nodes!, inner: d, columns: d },
    { rows: Math.min(1024, sizes.users), inner: d, columns: items! },
  ];
}
