/** What the page's script draws from. Plain data, embedded as JSON; holds no times. */
export interface PageData {
  readonly panels: readonly Panel[];
  /** Metric -> label. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The curves of one dataset x backbone. */
export interface Panel {
  readonly title: string;
  readonly series: readonly Series[];
  /** The metric that the curves fall back to where they lack the chosen one. */
  readonly fallback: string;
  /** Modality -> metric -> mean over seeds of the uni-modal model's best validation. */
  readonly teachers: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The runs of one variant in a panel. */
export interface Series {
  readonly variant: string;
  readonly label: string;
  readonly mark: Mark;
  readonly runs: readonly SeriesRun[];
  /** Modality -> its mean weight by epoch, one line per run. */
  readonly weights: Readonly<Record<string, readonly (readonly Point[])[]>>;
}

export interface SeriesRun {
  readonly seed: number;
  readonly bestEpoch: number;
  /** Metric -> value by epoch. */
  readonly validation: Readonly<Record<string, readonly Point[]>>;
  /** Modality -> metric -> value by epoch. */
  readonly views: Readonly<Record<string, Readonly<Record<string, readonly Point[]>>>>;
}

/** Epoch and value. */
export type Point = readonly [x: number, y: number];

/** How a line is told from others: a colour of the page's palette and a dash pattern, so that colour is never the only sign. */
export interface Mark {
  readonly slot: number;
  readonly dash: string;
}
