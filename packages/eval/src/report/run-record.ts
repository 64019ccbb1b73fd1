/** Everything that is kept of one finished run; every table and picture is made from these. */
export interface RunRecord {
  readonly format: 1;
  readonly id: string;
  readonly dataset: {
    readonly name: string;
    /** Of the files that were read, so that two runs can be known to have seen the same data. */
    readonly hash: string;
    readonly users: number;
    readonly items: number;
    /** Interactions of each split. */
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly backbone: string;
  readonly backboneConfig: Readonly<Record<string, unknown>>;
  /** `plain`, `ckd`, an ablation such as `ckd-no-specific`, or one modality alone: `only:text`. */
  readonly variant: string;
  readonly seed: number;
  /** Name, batchSize, learningRate and so on. */
  readonly protocol: Readonly<Record<string, unknown>>;
  readonly engine: string;
  readonly result: {
    readonly bestEpoch: number;
    readonly epochs: number;
    readonly stoppedBy: 'patience' | 'maxEpochs';
    /** Of the restored best epoch: `recall@20` -> value. */
    readonly validation: Readonly<Record<string, number>>;
    readonly test: Readonly<Record<string, number>>;
  };
  /** One entry per epoch; those that were evaluated have `validation`. */
  readonly curve: readonly CurvePoint[];
  /** Number of trained values. */
  readonly parameters: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Everything that may differ between two identical runs. */
  readonly times: {
    readonly startedAt: string;
    readonly wallSeconds: number;
    readonly trainSeconds: number;
    readonly evaluateSeconds: number;
    readonly peakMemoryBytes: number;
  };
}

export interface CurvePoint {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  /** What the objective reports besides losses; `weight.text` is the mean weight of a modality in CKD. */
  readonly measures: Readonly<Record<string, number>>;
  readonly validation?: Readonly<Record<string, number>>;
  /** Validation of the model's views: `only:text` -> `recall@20` -> value. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
