import type { Damage } from '@balanced-rec/files';
import type { RunRecord } from '@balanced-rec/report';
import type { Plan, PlannedRun, TrialRecord } from '../plan/plan.js';
import type { RunEvent } from '../runs/run-options.js';
import type { JobChoice } from './schedule.js';

/** Hears what a comparison does. */
export interface ComparisonListener {
  /** The runs are known, before the first starts; `kept` has the ids of those that are finished already. */
  planned(plan: Plan, kept: ReadonlySet<string>, engine: string, choice: JobChoice): void;
  /** A run said where it is: an epoch, mostly. */
  event(run: PlannedRun, event: RunEvent): void;
  /** A run's process was started. */
  started(run: PlannedRun): void;
  /** A run's record was written. */
  finished(run: PlannedRun, record: RunRecord): void;
  /** A trial of a search came to its end. */
  tried(run: PlannedRun, record: TrialRecord): void;
  /** A run ended with an error; the others go on. */
  failed(run: PlannedRun, error: unknown): void;
  /** It was given up because the comparison is ending. */
  stopped(run: PlannedRun): void;
  /** Something kept is not what was written; it was set aside, and is made again. */
  damaged?(damage: Damage): void;
  /** Something in the run's process wrote a line: a library's or Node.js's warning. */
  printed?(run: PlannedRun, line: string): void;
  /** Something about the place where runs are done: Redis is gone, nobody works. */
  noted?(line: string): void;
}
