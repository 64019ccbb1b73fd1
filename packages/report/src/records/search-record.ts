/** Which of a comparison's settings a stage of a search chooses. */
export type Stage = 'backbone' | 'distillation' | 'modulation';

/** One value for each hyper-parameter of a space. */
export type Combination = Readonly<Record<string, number | string | boolean>>;

/** Values by the section of the settings that they belong to. */
export type Choice = Partial<Readonly<Record<Stage | 'protocol', Combination>>>;

/** All that a search did: what it tried for each dataset x backbone, and what it chose. The test split has no part in it. */
export interface SearchRecord {
  readonly format: 1;
  readonly method: 'grid' | 'random';
  readonly seed: number;
  readonly decisions: readonly Decision[];
}

/** What one stage chose for one dataset x backbone. */
export interface Decision {
  readonly dataset: string;
  readonly backbone: string;
  readonly stage: Stage;
  /** The variant whose validation score decided. */
  readonly variant: string;
  /** The seed of the trials. */
  readonly seed: number;
  readonly trials: readonly TrialResult[];
  /** Trials that failed, by number. None of them can be chosen. */
  readonly failed: readonly number[];
  /** The number of the trial with the best score; of equals, the first. */
  readonly chosen: number;
}

/** How one combination did. */
export interface TrialResult {
  readonly number: number;
  readonly values: Choice;
  /** Validation Recall@20 of the best epoch. */
  readonly score: number;
  readonly bestEpoch: number;
  readonly epochs: number;
}
