import { availableParallelism, totalmem } from 'node:os';
import { cpuQuota } from './cpu-quota.js';

/** What this process may use of its machine. */
export interface Machine {
  /** The number of runs that can compute at full speed at the same time. */
  readonly cores: number;
  /** The processor time that its container grants, in processors; undefined without a limit. */
  readonly cpuQuota: number | undefined;
  /** The memory of the machine, or the limit of its container if that is less, in bytes. */
  readonly totalBytes: number;
  /** Free memory, in bytes. */
  readonly freeBytes: number;
}

/** This machine, or the container that the process runs in. */
export function thisMachine(): Machine {
  const quota = cpuQuota();
  const cores = availableParallelism();
  // 0, or more than any machine has, without a limit.
  const limit = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return {
    cores: quota === undefined ? cores : Math.max(1, Math.min(cores, Math.floor(quota))),
    cpuQuota: quota,
    totalBytes: Math.min(totalmem(), limit),
    // Unlike os.freemem(), this respects a container's limit.
    freeBytes: process.availableMemory(),
  };
}
