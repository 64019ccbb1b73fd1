import { BalancedRecError } from '@balanced-rec/errors';
import type { Plan, PlannedRun } from '../plan/plan.js';
import { runMemory } from './run-memory.js';

/** Formats bytes as gigabytes: `1.5`. */
export function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}

/** Roughly what a run needs, in bytes. */
export interface MemoryNeed {
  readonly id: string;
  readonly bytes: number;
}

/** Memory may fall short of the estimate by this fraction: the largest error of the estimates so far. */
const TOLERANCE = 0.25;

/**
 * Finds the open run that needs the most memory. Runs that differ only in their seed or in what they distil need the same, and a teacher
 * needs no more than its student. A run that cannot be probed is skipped: it will report its fault itself.
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
      // Skipped, see above.
    }
  }
  return largest;
}

/** @throws BalancedRecError `run/too-little-memory` if the run does not fit on this machine */
export function expectMemory({ id, bytes }: MemoryNeed, freeBytes: number): void {
  if (bytes * (1 - TOLERANCE) <= freeBytes) return;
  throw new BalancedRecError({
    code: 'run/too-little-memory',
    message: 'not enough memory for this run',
    place: id,
    expected: `about ${gigabytes(bytes)} GB`,
    found: `${gigabytes(freeBytes)} GB free on this machine or in its container`,
    remedy:
      'close other programs or use a larger machine; or reduce the need with smaller embeddings (embeddingDim), a smaller batchSize, or fewer or narrower features',
  });
}
