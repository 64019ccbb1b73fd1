import type { PlannedRun } from '../comparison/plan.js';
import type { RunIdentity } from '../runs/run-identity.js';
import type { Combination } from './combinations.js';

/** Which of a comparison's settings a stage of a search chooses. */
export type Stage = 'backbone' | 'distillation' | 'modulation';

/** One combination to try. */
export type PlannedTrial = PlannedRun & Required<Pick<PlannedRun, 'trial'>>;

/** Values by the section of the settings that they belong to. */
export type Choice = Partial<Readonly<Record<Stage | 'protocol', Combination>>>;

/** Everything that is kept of a finished trial. It holds nothing of the test split, which a trial never reads. */
export interface TrialRecord {
  readonly format: 1;
  readonly id: string;
  readonly identity: RunIdentity;
  readonly values: Choice;
  /** Validation Recall@20 of the best epoch. */
  readonly score: number;
  readonly bestEpoch: number;
  readonly epochs: number;
  readonly seconds: number;
}
