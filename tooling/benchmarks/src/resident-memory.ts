/** What a process has in memory at a moment, and had at most until then. */
export interface ResidentMemory {
  readonly now: number;
  /** The operating system's high-water mark. It never falls, and may start at what the parent process had. */
  readonly peak: number;
}

/** In bytes. */
export function residentMemory(): ResidentMemory {
  return { now: process.memoryUsage.rss(), peak: process.resourceUsage().maxRSS * 1024 };
}
