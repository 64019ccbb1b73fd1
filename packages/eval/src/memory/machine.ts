import { availableParallelism } from 'node:os';

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
