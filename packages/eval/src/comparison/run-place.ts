import type { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';
import type { Plan } from '../plan/plan.js';
import type { RunStore } from '../store/run-store.js';
import type { ComparisonListener } from './listener.js';
import type { JobChoice, RunOutcome } from './schedule.js';

/** What a comparison begins a plan with. */
export interface PlanStart {
  /** Runs that are finished: their records are in the comparison's folder. */
  readonly kept: ReadonlySet<string>;
  readonly choice: JobChoice;
}

/** Where the runs of a comparison are done: in processes of this machine, or by workers of a queue. */
export interface RunPlace {
  /** @param kept what the comparison's folder has; the place may have more, and brings it there */
  begin(plan: Plan, kept: ReadonlySet<string>): Promise<PlanStart>;
  /**
   * Does the runs that are not kept, each after those it depends on; a failing run blocks only its dependents. What is done is in
   * the comparison's folder.
   * @param refused runs that cannot be done, and why
   * @throws the signal's reason when aborted
   */
  perform(
    plan: Plan,
    start: PlanStart,
    refused: ReadonlyMap<string, BalancedRecError>,
  ): Promise<ReadonlyMap<string, RunOutcome>>;
  /** @param isOver whether every run has come to its end, one way or the other */
  close(isOver: boolean): Promise<void>;
}

/** What a place knows of its comparison. */
export interface PlaceContext {
  readonly listener: ComparisonListener;
  readonly signal?: AbortSignal | undefined;
  readonly checkpointSeconds: number;
  /** Whether models keep what their users had. */
  readonly saveInteractions: boolean;
  /** Runs at the same time, if it was said how many. */
  readonly jobs?: number | undefined;
  readonly file: ComparisonFile;
  /** Before a search, whose choices change the runs. */
  readonly planned: Plan;
  readonly engine: EngineName;
  /** The comparison's output folder. */
  readonly store: RunStore;
}

/** Where runs are to be done, other than in processes of this machine: `queuedRuns` of `@balanced-rec/eval/queue` answers one. */
export interface OpenPlace {
  /**
   * @throws BalancedRecError where the place cannot be used; nothing has been written then
   * @internal
   */
  open(context: PlaceContext): Promise<RunPlace>;
}
