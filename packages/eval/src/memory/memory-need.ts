import { availableParallelism } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Plan, PlannedRun } from '../plan/plan.js';
import { runMemory } from './run-memory.js';

/** What there is to run on. */
export interface Machine {
  readonly cores: number;
  /** Memory that is free, in bytes. */
  readonly freeBytes: number;
}

/** This machine, or the container that the process runs in. */
export function thisMachine(): Machine {
  // Unlike os.freemem() it knows the limit of a container.
  return { cores: availableParallelism(), freeBytes: process.availableMemory() };
}

/** Bytes as gigabytes for readers: `1.5`. */
export function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

/** What a run needs, roughly, in bytes. */
export interface MemoryNeed {
  readonly id: string;
  readonly bytes: number;
}

/** Less than what is needed by this share may be enough after all: how far the estimates have been from the peaks at most. */
const TOLERANCE = 0.25;

/**
 * The run that needs the most memory of those to do. Runs that differ in their seed or in what they distil need the same, and a
 * teacher no more than its student. A run that cannot be tried is left out: it will say itself what is wrong.
 */
export async function largestNeed(
  toDo: readonly PlannedRun[],
  { datasets, definitions }: Pick<Plan, 'datasets' | 'definitions'>,
  signal?: AbortSignal,
): Promise<MemoryNeed | undefined> {
  const teachers = new Set(toDo.flatMap(({ after }) => after));
  const known = new Set<string>();
  let largest: MemoryNeed | undefined;
  for (const { id, settings } of toDo) {
    const { dataset, backbone, variant, engine, protocol } = settings;
    const key = JSON.stringify([dataset.name, backbone, variant, engine, protocol.batchSize]);
    if (teachers.has(id) || known.has(key)) continue;
    known.add(key);
    signal?.throwIfAborted();
    try {
      const { total } = await runMemory(settings, datasets.get(dataset.name)!, definitions.get(backbone.name)!);
      if (total > (largest?.bytes ?? 0)) largest = { id, bytes: total };
    } catch {
      // As said above.
    }
  }
  return largest;
}

/** @throws BalancedRecError `run/too-little-memory` where that run cannot be done here */
export function expectMemory({ id, bytes }: MemoryNeed, freeBytes: number): void {
  if (bytes * (1 - TOLERANCE) <= freeBytes) return;
  throw new BalancedRecError({
    code: 'run/too-little-memory',
    message: 'there is too little memory for this run',
    place: id,
    expected: `about ${gigabytes(bytes)} GB`,
    found: `${gigabytes(freeBytes)} GB free, of this machine or of what its container may take`,
    remedy:
      'end other programs or take a larger machine; or need less: smaller embeddings (embeddingDim), a smaller batchSize, fewer or narrower features',
  });
}
