import type { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';
import type { Plan } from '../plan/plan.js';
import type { RunStore } from '../store/run-store.js';
import type { ComparisonListener } from './listener.js';
import type { JobChoice, RunOutcome } from './schedule.js';

/** The state from which a plan starts. */
export interface PlanStart {
  /** Finished runs, whose records are in the comparison's folder. */
  readonly kept: ReadonlySet<string>;
  readonly choice: JobChoice;
}

/** Where the runs of a comparison are executed: in processes on this machine, or by workers of a queue. */
export interface RunPlace {
  /** @param kept the runs that the comparison's folder has; the place may have more, and copies them there */
  begin(plan: Plan, kept: ReadonlySet<string>): Promise<PlanStart>;
  /**
   * Executes the runs that are not kept, each after those it depends on. A failing run blocks only its dependents. The results are in the
   * comparison's folder.
   * @param refused runs that cannot be executed, and why
   * @throws the signal's reason when aborted
   */
  perform(
    plan: Plan,
    start: PlanStart,
    refused: ReadonlyMap<string, BalancedRecError>,
  ): Promise<ReadonlyMap<string, RunOutcome>>;
  /** @param isOver whether every run has ended, successfully or not */
  close(isOver: boolean): Promise<void>;
}

/** What a place knows about its comparison. */
export interface PlaceContext {
  readonly listener: ComparisonListener;
  readonly signal?: AbortSignal | undefined;
  readonly checkpointSeconds: number;
  /** Whether models keep their users' interactions. */
  readonly saveInteractions: boolean;
  /** Number of runs at a time, if the user gave one. */
  readonly jobs?: number | undefined;
  readonly file: ComparisonFile;
  /** The plan before a search, whose choices change the runs. */
  readonly planned: Plan;
  readonly engine: EngineName;
  /** The comparison's output folder. */
  readonly store: RunStore;
}

/** Opens a place other than this machine for runs; `queuedRuns` from `@balanced-rec/eval/queue` returns one. */
export interface OpenPlace {
  /**
   * @throws BalancedRecError if the place cannot be used; nothing has been written then
   * @internal
   */
  open(context: PlaceContext): Promise<RunPlace>;
}
