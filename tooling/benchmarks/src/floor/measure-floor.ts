import { rounded } from '../timing.js';
import { type MachineRates, measureMachineRates, type ProductShape } from './machine-rates.js';
import { type Sizes, setting } from './sizes.js';
import type { Work } from './work.js';

/** Few enough rows to measure in milliseconds, and enough to reach the best rate. */
const MOST_ROWS = 4096;

/**
 * The least time for some work on this machine: the time of its products or of its memory traffic, whichever is longer, because the
 * two can overlap. This loads the machine, so take the measurement to compare it with first.
 * @param seconds the measured time
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

/** The floor in seconds. */
export function floorSeconds({ flops, bytes }: Work, { flopsPerSecond, bytesPerSecond }: MachineRates): number {
  return Math.max(flops / flopsPerSecond, bytes / bytesPerSecond);
}

/** The shapes of feature projections, of layers over nodes, and of a ranking. */
function shapesOf(sizes: Sizes): ProductShape[] {
  const d = setting(sizes, 'embeddingDim');
  const [items, nodes] = [sizes.items, sizes.users + sizes.items].map((rows) => Math.min(rows, MOST_ROWS));
  return [
    ...sizes.features.map((columns) => ({ rows: items!, inner: columns, columns: d })),
    { rows: nodes!, inner: d, columns: d },
    { rows: Math.min(1024, sizes.users), inner: d, columns: items! },
  ];
}
