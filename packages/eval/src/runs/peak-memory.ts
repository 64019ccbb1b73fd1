import { readFileSync } from 'node:fs';

/**
 * The most memory that this process has held so far, in bytes. Linux's `VmHWM` is of the process alone, whereas what `getrusage` says
 * may begin at the peak of the process that started it.
 */
export function peakMemory(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
