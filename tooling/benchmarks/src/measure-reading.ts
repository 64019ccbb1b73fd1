import { readDataset } from '@balanced-rec/datasets';
import { processorSeconds, processorSecondsSince } from './processor-time.js';
import { residentMemory } from './resident-memory.js';
import { seconds } from './timing.js';

export interface ReadingTask {
  readonly folder: string;
}

export type ReadingMeasurement = Awaited<ReturnType<typeof measureReading>>;

/** Reads a dataset and measures it. Must run in a separate process, because it measures the peak memory of the process. */
export async function measureReading({ folder }: ReadingTask) {
  const before = residentMemory().now;
  const processorBefore = processorSeconds();
  const start = performance.now();
  const { userCount, itemCount, train, validation, test, features, hash, findings } = await readDataset(folder);
  const milliseconds = performance.now() - start;
  const usedSeconds = processorSecondsSince(processorBefore);
  const interactions = train.items.length + validation.items.length + test.items.length;
  const arrays = [train, validation, test].flatMap(({ offsets, items }) => [offsets, items]);
  const featureBytes = Object.values(features).reduce((sum, { values }) => sum + values.byteLength, 0);
  return {
    users: userCount,
    items: itemCount,
    interactions,
    hash,
    findings: findings.map(({ code, count }) => ({ code, count })),
    seconds: seconds(milliseconds),
    processorSeconds: usedSeconds,
    interactionsPerSecond: Math.round((1000 * interactions) / milliseconds),
    memoryMb: {
      before: megabytes(before),
      peak: megabytes(residentMemory().peak),
      interactions: megabytes(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)),
      features: megabytes(featureBytes),
    },
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
