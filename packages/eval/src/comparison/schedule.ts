import { type Machine, thisMachine } from '../machine/this-machine.js';
import type { PlannedRun } from '../plan/plan.js';

/** How a run ended. */
export type RunOutcome =
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly error: unknown }
  /** A run that it depends on failed. */
  | { readonly status: 'blocked'; readonly by: string };

/**
 * Executes the runs, at most `jobs` at a time, each after those it depends on. A failing run blocks only its dependents.
 * @throws the signal's reason when aborted, after the runs in progress have ended
 */
export async function schedule(
  runs: readonly PlannedRun[],
  jobs: number,
  perform: (run: PlannedRun) => Promise<void>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, RunOutcome>> {
  const outcomes = new Map<string, RunOutcome>();
  const waiting = [...runs];
  const active = new Set<Promise<void>>();
  const start = (run: PlannedRun) => {
    const task = perform(run)
      .then(
        () => void outcomes.set(run.id, { status: 'done' }),
        (error: unknown) => void outcomes.set(run.id, { status: 'failed', error }),
      )
      .finally(() => active.delete(task));
    active.add(task);
  };
  while ((waiting.length > 0 || active.size > 0) && !signal?.aborted) {
    for (const run of [...waiting]) {
      const blocker = run.after.find((id) => outcomes.has(id) && outcomes.get(id)!.status !== 'done');
      if (blocker) outcomes.set(run.id, { status: 'blocked', by: blocker });
      const ready = run.after.every((id) => outcomes.get(id)?.status === 'done');
      if (blocker || (ready && active.size < jobs)) waiting.splice(waiting.indexOf(run), 1);
      if (!blocker && ready && active.size < jobs) start(run);
    }
    if (active.size > 0) await Promise.race(active);
  }
  await Promise.all(active);
  signal?.throwIfAborted();
  return outcomes;
}

/** How many runs go at a time, and what limits their number. */
export interface JobChoice {
  readonly jobs: number;
  readonly limit: 'asked' | 'cores' | 'memory' | 'gpu' | 'workers';
  /** Roughly what the largest run needs; 0 if unknown. */
  readonly bytesPerRun: number;
  /** The free memory of the machine or container. */
  readonly freeBytes: number;
}

/** What the open runs need. */
export interface JobNeeds {
  readonly bytesPerRun: number;
  readonly usesGpu: boolean;
}

/**
 * As many runs at a time as were asked for, or as there are cores that they may use, provided they fit into free memory; at least one. A GPU takes one at a
 * time, because TensorFlow reserves its whole memory for one process.
 */
export function chooseJobs(
  asked: number | undefined,
  { bytesPerRun, usesGpu }: JobNeeds,
  { cores, freeBytes }: Pick<Machine, 'cores' | 'freeBytes'> = thisMachine(),
): JobChoice {
  const memory = { bytesPerRun, freeBytes };
  if (asked === undefined && usesGpu) return { jobs: 1, limit: 'gpu', ...memory };
  const wanted = asked ?? cores;
  const fitting = Math.max(1, Math.floor(freeBytes / Math.max(1, bytesPerRun)));
  if (fitting < wanted) return { jobs: fitting, limit: 'memory', ...memory };
  return { jobs: wanted, limit: asked === undefined ? 'cores' : 'asked', ...memory };
}
