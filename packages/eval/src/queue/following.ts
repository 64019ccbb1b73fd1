import type { Task } from '@balanced-rec/queue';
import type { RunOutcome } from '../comparison/schedule.js';
import type { PlannedRun } from '../plan/plan.js';

/** The outcomes of a plan's runs so far. */
export class Following {
  readonly outcomes = new Map<string, RunOutcome>();
  readonly tasks: ReadonlyMap<string, Task>;
  readonly #runs: readonly PlannedRun[];

  constructor(runs: readonly PlannedRun[], tasks: ReadonlyMap<string, Task>) {
    this.#runs = runs;
    this.tasks = tasks;
  }

  get open(): PlannedRun[] {
    return this.#runs.filter(({ id }) => !this.outcomes.has(id));
  }

  done({ id }: PlannedRun): void {
    this.outcomes.set(id, { status: 'done' });
  }

  failed({ id }: PlannedRun, error: unknown): void {
    this.outcomes.set(id, { status: 'failed', error });
  }

  blocked({ id }: PlannedRun, by: string): void {
    this.outcomes.set(id, { status: 'blocked', by });
  }

  /** A run that it depends on and that failed or was blocked, if there is one. */
  blockerOf({ after }: PlannedRun): string | undefined {
    return after.find((id) => this.outcomes.has(id) && this.outcomes.get(id)!.status !== 'done');
  }
}
