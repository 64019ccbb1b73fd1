import { type Machine, thisMachine } from '../memory/machine.js';

/** How many runs go at the same time, and why not more. */
export interface JobChoice {
  readonly jobs: number;
  readonly limit: 'asked' | 'cores' | 'memory' | 'gpu' | 'workers';
  /** What the largest of the runs needs, roughly; 0 where that is not known. */
  readonly bytesPerRun: number;
  /** What the machine, or the container, had left. */
  readonly freeBytes: number;
}

/** What the runs to do need. */
export interface JobNeeds {
  readonly bytesPerRun: number;
  readonly usesGpu: boolean;
}

/**
 * As many runs at the same time as were asked for, or as there are cores, and as fit into the memory that is free; at least one. A GPU
 * takes one at a time: TensorFlow reserves its whole memory for a process.
 */
export function chooseJobs(
  asked: number | undefined,
  { bytesPerRun, usesGpu }: JobNeeds,
  { cores, freeBytes }: Machine = thisMachine(),
): JobChoice {
  const memory = { bytesPerRun, freeBytes };
  if (asked === undefined && usesGpu) return { jobs: 1, limit: 'gpu', ...memory };
  const wanted = asked ?? cores;
  const fitting = Math.max(1, Math.floor(freeBytes / Math.max(1, bytesPerRun)));
  if (fitting < wanted) return { jobs: fitting, limit: 'memory', ...memory };
  return { jobs: wanted, limit: asked === undefined ? 'cores' : 'asked', ...memory };
}
