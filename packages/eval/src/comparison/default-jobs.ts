import { availableParallelism } from 'node:os';
import type { Plan } from './plan.js';
import { runBytes } from './run-memory.js';

/** How many runs go at the same time, and why not more. */
export interface JobChoice {
  readonly jobs: number;
  readonly limit: 'asked' | 'cores' | 'memory' | 'gpu' | 'workers';
  /** What the largest of the runs may need, roughly. */
  readonly bytesPerRun: number;
  /** What the machine, or the container, had left. */
  readonly freeBytes: number;
}

/** What there is to run on. */
export interface Machine {
  readonly cores: number;
  readonly freeBytes: number;
}

/**
 * As many runs at the same time as were asked for; otherwise as many as there are cores, and as fit into the memory that is free, by
 * the estimate (`runBytes`) of the largest run to do; at least one. A GPU takes one at a time: TensorFlow reserves its whole memory for a process.
 */
export function chooseJobs(
  asked: number | undefined,
  { runs, datasets }: Pick<Plan, 'runs' | 'datasets'>,
  kept: ReadonlySet<string>,
  { cores, freeBytes }: Machine = thisMachine(),
): JobChoice {
  const toDo = runs.filter(({ id }) => !kept.has(id));
  const needs = toDo.map((run) => runBytes(run, datasets.get(run.settings.dataset.name)!));
  // Not spread into Math.max: a comparison may have more runs than a call has arguments.
  const memory = { bytesPerRun: needs.reduce((most, bytes) => Math.max(most, bytes), 0), freeBytes };
  if (asked !== undefined) return { jobs: asked, limit: 'asked', ...memory };
  if (toDo.some(({ settings }) => settings.engine === 'gpu')) return { jobs: 1, limit: 'gpu', ...memory };
  const fitting = Math.max(1, Math.floor(freeBytes / Math.max(1, memory.bytesPerRun)));
  return { jobs: Math.min(cores, fitting), limit: fitting < cores ? 'memory' : 'cores', ...memory };
}

function thisMachine(): Machine {
  // Unlike os.freemem() it knows the limit of a container.
  return { cores: availableParallelism(), freeBytes: process.availableMemory() };
}
