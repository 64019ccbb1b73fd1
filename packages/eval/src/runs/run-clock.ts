import { readFileSync } from 'node:fs';
import type { RunRecord } from '@balanced-rec/report';

/** The times that an interrupted run saves. */
export interface SavedTimes {
  readonly startedAt: string;
  readonly wallMilliseconds: number;
  readonly evaluateMilliseconds: number;
  readonly peakMemoryBytes: number;
  readonly sittings: number;
}

/** Separates training time from evaluation time, over all sittings of a run. */
export class RunClock {
  readonly #start = performance.now();
  readonly #startedAt = new Date().toISOString();
  #evaluating = 0;
  #before: SavedTimes | undefined;

  /** Adds the times of earlier sittings. */
  goOnFrom(times: SavedTimes): void {
    this.#before = times;
  }

  evaluation<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#evaluating += performance.now() - start;
    }
  }

  save(): SavedTimes {
    const before = this.#before;
    return {
      startedAt: before?.startedAt ?? this.#startedAt,
      wallMilliseconds: (before?.wallMilliseconds ?? 0) + performance.now() - this.#start,
      evaluateMilliseconds: (before?.evaluateMilliseconds ?? 0) + this.#evaluating,
      peakMemoryBytes: Math.max(before?.peakMemoryBytes ?? 0, peakMemory()),
      sittings: (before?.sittings ?? 0) + 1,
    };
  }

  times(): RunRecord['times'] {
    const { wallMilliseconds: wall, evaluateMilliseconds: evaluating, ...rest } = this.save();
    const seconds = (milliseconds: number) => Math.round(milliseconds) / 1000;
    return {
      ...rest,
      wallSeconds: seconds(wall),
      trainSeconds: seconds(wall - evaluating),
      evaluateSeconds: seconds(evaluating),
    };
  }
}

/**
 * The peak memory of this process so far, in bytes. Linux's `VmHWM` covers this process alone, whereas `getrusage` may start at the peak
 * of the parent process.
 */
export function peakMemory(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))!;
    return Number(kilobytes) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
