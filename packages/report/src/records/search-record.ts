/** Which of a comparison's settings one stage of a search chooses. */
export type Stage = 'backbone' | 'distillation' | 'modulation';

/** One value for each hyperparameter of a search space. */
export type Combination = Readonly<Record<string, number | string | boolean>>;

/** Hyperparameter values, grouped by the section of the settings that they belong to. */
export type Choice = Partial<Readonly<Record<Stage | 'protocol', Combination>>>;

/** What a search tried for each dataset x backbone, and what it chose. The test split is not involved. */
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
  /** The numbers of the trials that failed. None of them can be chosen. */
  readonly failed: readonly number[];
  /** The number of the trial with the best score; the first one if several are equal. */
  readonly chosen: number;
}

/** The result of one combination. */
export interface TrialResult {
  readonly number: number;
  readonly values: Choice;
  /** Validation Recall@20 of the best epoch. */
  readonly score: number;
  readonly bestEpoch: number;
  readonly epochs: number;
}
