/** What the page's script draws from. Plain data, embedded as JSON; holds no times. */
export interface PageData {
  /** The metric that is shown first. */
  readonly metric: string;
  /** Metric -> label, in the order of switches. */
  readonly labels: Readonly<Record<string, string>>;
  readonly panels: readonly Panel[];
  /** Metric -> differences from plain, with their intervals. */
  readonly differences: Readonly<Record<string, readonly Difference[]>>;
}

/** What the charts of one dataset x backbone show. */
export interface Panel {
  readonly dataset: string;
  /** For readers. */
  readonly backbone: string;
  /** The metric that curves fall back to where they lack the chosen one. */
  readonly fallback: string;
  readonly series: readonly Series[];
  /** Modality -> its uni-modal model: best validation so far by epoch, mean over seeds. */
  readonly teachers: Readonly<Record<string, Lines>>;
  readonly gaps: Readonly<Record<string, readonly Gap[]>>;
}

/** The runs of one variant in a panel. */
export interface Series {
  readonly variant: string;
  readonly label: string;
  readonly mark: Mark;
  readonly runs: readonly SeriesRun[];
  /** Modality -> validation of that view by epoch, mean over seeds. */
  readonly views: Readonly<Record<string, Lines>>;
  /** Modality -> its counterfactual weight by epoch: `mean` and, where kept, quantiles (`q5` to `q95`); means over seeds. */
  readonly weights: Readonly<Record<string, Lines>>;
  /** By modality: what it adds to the mean margin (joint - without it), mean over seeds. */
  readonly contributions?: Lines;
  readonly users: readonly Group[];
  readonly items: readonly Group[];
}

/** Validation by epoch of one seed. */
export interface SeriesRun extends Lines {
  readonly seed: number;
  readonly bestEpoch: number;
}

/** Several lines over the same epochs. */
export interface Lines {
  readonly epochs: readonly number[];
  readonly values: Readonly<Record<string, PackedLine>>;
}

/**
 * Values as 16-bit steps between the lowest and the highest, little-endian in base64: a third of the size of digits, and finer than
 * what a chart shows. The last step stands for no value.
 */
export interface PackedLine {
  readonly low: number;
  readonly high: number;
  readonly steps: string;
}

/** The step that stands for no value; the one before it for the highest. */
export const NO_VALUE = 0xffff;

/** The test result of users alike in activity, or of items alike in popularity; means over seeds. */
export interface Group {
  /** Training interactions: `10–24`. */
  readonly label: string;
  readonly count: number;
  readonly values: Readonly<Record<string, number>>;
}

/** See ViewGap. */
export interface Gap {
  readonly variant: string;
  readonly modality: string;
  readonly teacher: number;
  readonly view: number;
}

/** See VariantComparison. */
export interface Difference {
  readonly place: string;
  readonly variant: string;
  readonly label: string;
  readonly mark: Mark;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly stars: string;
}

/** How a line is told from others: a colour of the page's palette and a dash pattern, so that colour is never the only sign. */
export interface Mark {
  readonly slot: number;
  readonly dash: string;
}
