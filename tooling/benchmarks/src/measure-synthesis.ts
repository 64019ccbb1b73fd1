import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SyntheticOptions, type SyntheticRecord, synthesizeToFolder } from '@balanced-rec/datasets';
import { processorSeconds, processorSecondsSince } from './processor-time.js';
import { residentMemory } from './resident-memory.js';
import { seconds } from './timing.js';

export interface SynthesisTask {
  readonly options: SyntheticOptions;
  /** Where to keep the dataset. It is deleted by default. */
  readonly out?: string;
}

export type SynthesisMeasurement = Awaited<ReturnType<typeof measureSynthesis>>;

/** Generates a dataset to disk and measures it. Must run in a separate process, because it measures the peak memory of the process. */
export async function measureSynthesis({ options, out }: SynthesisTask) {
  const scratch = await mkdtemp(join(tmpdir(), 'balanced-rec-bench-'));
  const folder = out ?? join(scratch, 'made');
  try {
    const before = residentMemory().now;
    const processorBefore = processorSeconds();
    const start = performance.now();
    const record = await synthesizeToFolder(options, folder);
    const milliseconds = performance.now() - start;
    const usedSeconds = processorSecondsSince(processorBefore);
    const { interactions } = record.counts;
    return {
      ...describeRecord(record),
      interMb: Math.round((await stat(join(folder, `${record.options.name}.inter`))).size / 1e6),
      seconds: seconds(milliseconds),
      processorSeconds: usedSeconds,
      interactionsPerSecond: Math.round((1000 * interactions) / milliseconds),
      memoryMb: { before: Math.round(before / 1e6), peak: Math.round(residentMemory().peak / 1e6) },
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What was generated. */
export function describeRecord({ options, counts, hash, versions }: SyntheticRecord) {
  return { options, counts, hash, versions };
}
