import type { Damage } from '@balanced-rec/files';
import type { RunRecord } from '@balanced-rec/report';
import type { Plan, PlannedRun, TrialRecord } from '../plan/plan.js';
import type { RunEvent } from '../runs/run-options.js';
import type { JobChoice } from './schedule.js';

/** Is told what a comparison does. */
export interface ComparisonListener {
  /** The runs are known, and the first is about to start. `kept` holds the ids of finished ones. */
  planned(plan: Plan, kept: ReadonlySet<string>, engine: string, choice: JobChoice): void;
  /** A run reported progress, usually an epoch. */
  event(run: PlannedRun, event: RunEvent): void;
  /** A run's process was started. */
  started(run: PlannedRun): void;
  /** A run's record was written. */
  finished(run: PlannedRun, record: RunRecord): void;
  /** A trial of a search finished. */
  tried(run: PlannedRun, record: TrialRecord): void;
  /** A run failed; the others continue. */
  failed(run: PlannedRun, error: unknown): void;
  /** A run was stopped because the comparison is ending. */
  stopped(run: PlannedRun): void;
  /** A stored file differs from what was written; it was set aside, and is made again. */
  damaged?(damage: Damage): void;
  /** Something in the run's process printed a line, such as a warning from a library or Node.js. */
  printed?(run: PlannedRun, line: string): void;
  /** A note about the place where runs are executed: Redis is unreachable, there are no workers. */
  noted?(line: string): void;
}
