/** Everything a finished run leaves behind. Every table and chart of a report is made from these records. */
export interface RunRecord {
  readonly format: 2;
  readonly id: string;
  readonly dataset: {
    readonly name: string;
    /** Hash of the files that were read. Two runs with the same hash used the same data. */
    readonly hash: string;
    readonly users: number;
    readonly items: number;
    /** Number of interactions in each split. */
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly backbone: string;
  readonly backboneConfig: Readonly<Record<string, unknown>>;
  /** `plain`, `ckd`, an ablation such as `ckd-no-specific`, or one modality alone: `only:text`. */
  readonly variant: string;
  readonly seed: number;
  /** `name`, `batchSize`, `learningRate` and so on. */
  readonly protocol: Readonly<Record<string, unknown>>;
  readonly engine: string;
  readonly result: {
    readonly bestEpoch: number;
    readonly epochs: number;
    /** `untrained` for a model without parameters of its own, such as popularity. */
    readonly stoppedBy: 'patience' | 'maxEpochs' | 'untrained';
    /** Metrics of the restored best epoch: `recall@20` -> value. */
    readonly validation: Readonly<Record<string, number>>;
    readonly test: Readonly<Record<string, number>>;
  };
  /** The test result of every evaluated user, for statistical tests that pair users. */
  readonly users: UserScores;
  /** The test result by user activity and by item popularity, which shows who gains. */
  readonly groups: { readonly users: readonly GroupScores[]; readonly items: readonly GroupScores[] };
  /** One entry per epoch. Evaluated epochs have `validation`. */
  readonly curve: readonly CurvePoint[];
  /** Number of trained parameters. */
  readonly parameters: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Everything that may differ between two identical runs. */
  readonly times: {
    readonly startedAt: string;
    readonly wallSeconds: number;
    readonly trainSeconds: number;
    readonly evaluateSeconds: number;
    readonly peakMemoryBytes: number;
    /** The number of processes that the run took; all but the last were interrupted. */
    readonly sittings: number;
  };
}

/** One epoch on a run's curves. */
export interface CurvePoint {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  /** What the objective reports besides losses. In CKD, `weight.text` is the mean weight of a modality. */
  readonly measures: Readonly<Record<string, number>>;
  /**
   * The spread of a measure over the triples of the epoch's last step: `weight.text` -> its quantiles at the probabilities
   * `QUANTILES` of `@balanced-rec/distributions`.
   */
  readonly distributions?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly validation?: Readonly<Record<string, number>> | undefined;
  /** Validation of the model's views: `only:text` -> `recall@20` -> value. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /**
   * Mean margin by view: `joint`, `only:text`, `without:text`. A margin is the score of a validation item minus the score of a random
   * item, over the same triples at every evaluation. A modality contributes joint - without.
   */
  readonly margins?: Readonly<Record<string, number>> | undefined;
}

/** One value per evaluated user, in ascending order of users, so that two runs on the same data can be paired. */
export interface UserScores {
  readonly count: number;
  /** `recall@20` -> the values as {@link encodeScores} writes them. */
  readonly values: Readonly<Record<string, string>>;
}

/** The test result of one group of users or items. */
export interface GroupScores {
  /** The range of training interactions that its members have; both ends are included. */
  readonly from: number;
  readonly to: number;
  /** The number of evaluated users, or of test interactions with the items. */
  readonly count: number;
  /**
   * For users: metric -> mean. For items: `recall@20` -> the share of their test interactions whose item is in the user's top 20.
   */
  readonly values: Readonly<Record<string, number>>;
}

/** Encodes one score per user as float32 values, little-endian, in base64. */
export function encodeScores(values: ArrayLike<number>): string {
  const bytes = Buffer.alloc(4 * values.length);
  for (let k = 0; k < values.length; k++) bytes.writeFloatLE(values[k]!, 4 * k);
  return bytes.toString('base64');
}

/** Decodes what {@link encodeScores} wrote. */
export function decodeScores(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, k) => bytes.readFloatLE(4 * k));
}
