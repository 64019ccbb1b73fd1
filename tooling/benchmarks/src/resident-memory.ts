/** A process's resident memory at one moment, and its maximum up to then. */
export interface ResidentMemory {
  readonly now: number;
  /** The operating system's high-water mark. It never falls, and may start at the parent process's value. */
  readonly peak: number;
}

/** The resident memory of this process, in bytes. */
export function residentMemory(): ResidentMemory {
  return { now: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 };
}
