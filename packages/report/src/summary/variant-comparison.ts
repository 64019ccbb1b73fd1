/** One variant of a dataset x backbone against the plain model, paired over users; a user's value is the mean over the seeds of both. */
export interface VariantComparison {
  readonly dataset: string;
  readonly backbone: string;
  readonly variant: string;
  readonly baseline: 'plain';
  /** Users paired. */
  readonly users: number;
  /** Seeds that both were run with. */
  readonly seeds: readonly number[];
  /** Mean over users of variant - plain. */
  readonly difference: number;
  /** 95% bootstrap confidence interval of the difference, over users. */
  readonly interval: readonly [low: number, high: number];
  readonly test: 'Wilcoxon signed-rank';
  /** Two-sided p value as the test gives it; 1 where no user differs. */
  readonly p: number;
  /** After Holm's correction. */
  readonly adjusted: number;
  /** Matched-pairs rank-biserial correlation, -1 to 1: positive where the variant is ahead. */
  readonly effectSize: number;
  /** Users for whom the variant is better, level, worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
}
