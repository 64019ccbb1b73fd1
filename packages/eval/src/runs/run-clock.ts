import type { RunRecord } from '@balanced-rec/report';
import { peakMemory } from './peak-memory.js';

/** What an interrupted run keeps of its times. */
export interface SavedTimes {
  readonly startedAt: string;
  readonly wallMilliseconds: number;
  readonly evaluateMilliseconds: number;
  readonly peakMemoryBytes: number;
  readonly sittings: number;
}

/** Tells training from evaluation time, over all sittings of a run. */
export class RunClock {
  readonly #start = performance.now();
  readonly #startedAt = new Date().toISOString();
  #evaluating = 0;
  #before: SavedTimes | undefined;

  /** Counts what earlier sittings took. */
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
