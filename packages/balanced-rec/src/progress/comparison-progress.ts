import type { PlannedRun, RunEvent } from '@balanced-rec/eval';
import { RunProgress } from './run-progress.js';
import { RunDurations, type TimeLeft, timeLeft } from './time-left.js';

/** With a thousand runs an estimate takes 20 ms, time that the runs could use. */
const ESTIMATE_EVERY_MS = 1000;

/** Follows all runs of a comparison: which are done, which are in progress, how long the rest may take. */
export class ComparisonProgress {
  readonly #startedAt = performance.now();
  readonly #runs: readonly PlannedRun[];
  readonly #jobs: number;
  readonly #done: Set<string>;
  readonly #failed = new Set<string>();
  readonly #running = new Map<string, { readonly run: PlannedRun; readonly progress: RunProgress }>();
  readonly #durations = new RunDurations();
  #estimate: { readonly at: number; readonly left: TimeLeft | undefined } | undefined;

  constructor(runs: readonly PlannedRun[], kept: ReadonlySet<string>, jobs: number) {
    this.#runs = runs;
    this.#done = new Set(kept);
    this.#jobs = jobs;
  }

  get total(): number {
    return this.#runs.length;
  }

  get done(): number {
    return this.#done.size;
  }

  get failed(): number {
    return this.#failed.size;
  }

  /** In the order in which they started. */
  get running(): readonly RunProgress[] {
    return [...this.#running.values()].map(({ progress }) => progress);
  }

  get secondsSoFar(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  start(run: PlannedRun): void {
    this.#running.set(run.id, { run, progress: new RunProgress(run) });
    this.#estimate = undefined;
  }

  observe(run: PlannedRun, event: RunEvent): RunProgress | undefined {
    const progress = this.#running.get(run.id)?.progress;
    progress?.observe(event);
    return progress;
  }

  /** @param seconds as in the run's record */
  finish(run: PlannedRun, seconds: number): void {
    // The record includes the run's earlier processes; this object includes the time its process took to start.
    const seen = this.#running.get(run.id)?.progress.secondsSoFar ?? 0;
    this.#durations.add(run, Math.max(seen, seconds));
    this.stop(run);
    this.#done.add(run.id);
  }

  fail(run: PlannedRun): void {
    this.stop(run);
    this.#failed.add(run.id);
  }

  stop(run: PlannedRun): void {
    this.#running.delete(run.id);
    this.#estimate = undefined;
  }

  timeLeft(): TimeLeft | undefined {
    const now = performance.now();
    if (!this.#estimate?.left || now - this.#estimate.at >= ESTIMATE_EVERY_MS)
      this.#estimate = { at: now, left: this.#newEstimate() };
    return this.#estimate.left;
  }

  #newEstimate(): TimeLeft | undefined {
    const lost = new Set(this.#failed);
    const waiting: PlannedRun[] = [];
    for (const run of this.#runs) {
      if (run.after.some((id) => lost.has(id))) lost.add(run.id);
      else if (!lost.has(run.id) && !this.#done.has(run.id) && !this.#running.has(run.id)) waiting.push(run);
    }
    return timeLeft({
      waiting,
      running: [...this.#running.values()],
      durations: this.#durations,
      jobs: this.#jobs,
    });
  }
}
