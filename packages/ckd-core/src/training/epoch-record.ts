/** What an evaluation on the validation split says. */
export interface Validation {
  /** What model selection maximises, for example Recall@20. */
  readonly score: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** The same metrics for uni-modal views of the model, by view name. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Mean margins of the same validation triples at every evaluation, by view name. */
  readonly margins?: Readonly<Record<string, number>>;
}

/** One epoch as it went: means over its steps, and the evaluation if it had one. */
export interface EpochRecord {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, number>>;
  /** Of the epoch's last step: quantiles at 5, 25, 50, 75 and 95%, by name. */
  readonly distributions?: Readonly<Record<string, readonly number[]>>;
  readonly validation?: Validation;
}
