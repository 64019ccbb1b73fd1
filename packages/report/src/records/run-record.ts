/** Everything that is kept of one finished run; every table and picture is made from these. */
export interface RunRecord {
  readonly format: 2;
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
    /** `untrained`: a model without parameters of its own, such as popularity. */
    readonly stoppedBy: 'patience' | 'maxEpochs' | 'untrained';
    /** Of the restored best epoch: `recall@20` -> value. */
    readonly validation: Readonly<Record<string, number>>;
    readonly test: Readonly<Record<string, number>>;
  };
  /** The test result of every evaluated user, for tests that pair users. */
  readonly users: UserScores;
  /** The test result by how active a user and how popular an item is: who gains. */
  readonly groups: { readonly users: readonly GroupScores[]; readonly items: readonly GroupScores[] };
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
    /** Processes that it took, each but the last interrupted. */
    readonly sittings: number;
  };
}

/** An epoch of a run's curves. */
export interface CurvePoint {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  /** What the objective reports besides losses; `weight.text` is the mean weight of a modality in CKD. */
  readonly measures: Readonly<Record<string, number>>;
  /**
   * How a measure is spread over the triples of the epoch's last step: `weight.text` -> its quantiles at `QUANTILES` of `@balanced-rec/ckd-core`.
   */
  readonly distributions?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly validation?: Readonly<Record<string, number>> | undefined;
  /** Validation of the model's views: `only:text` -> `recall@20` -> value. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /**
   * Mean margin (score of a validation item minus that of a random one, the same triples at every evaluation) by view: `joint`,
   * `only:text`, `without:text`. A modality contributes joint - without.
   */
  readonly margins?: Readonly<Record<string, number>> | undefined;
}

/** One value per evaluated user, users ascending, so that two runs on the same data can be paired. */
export interface UserScores {
  readonly count: number;
  /** `recall@20` -> float32 values, little-endian, in base64; see {@link decodeScores}. */
  readonly values: Readonly<Record<string, string>>;
}

/** The test result of some of the users or items. */
export interface GroupScores {
  /** Training interactions that its members have, both ends included. */
  readonly from: number;
  readonly to: number;
  /** Users evaluated, or test interactions of the items. */
  readonly count: number;
  /** Of users: the mean of every metric. Of items: `recall@20` -> the share of their test interactions that are in the user's top 20. */
  readonly values: Readonly<Record<string, number>>;
}
