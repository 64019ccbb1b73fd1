/** What the page's script draws. It is plain data without times, embedded in the page as JSON. */
export interface PageData {
  /** The metric that is shown first. */
  readonly metric: string;
  /** Metric -> label, in the order in which the page offers them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly panels: readonly Panel[];
  /** Metric -> differences from plain, with their intervals. */
  readonly differences: Readonly<Record<string, readonly Difference[]>>;
}

/** What the charts of one dataset x backbone show. */
export interface Panel {
  readonly dataset: string;
  /** Its name for readers. */
  readonly backbone: string;
  /** The metric that curves show if they lack the chosen one. */
  readonly fallback: string;
  readonly series: readonly Series[];
  /** Modality -> the best validation so far of its uni-modal model by epoch, mean over seeds. */
  readonly teachers: Readonly<Record<string, Lines>>;
  readonly gaps: Readonly<Record<string, readonly Gap[]>>;
}

/** The runs of one variant in a panel. */
export interface Series {
  readonly variant: string;
  readonly label: string;
  readonly mark: Mark;
  readonly runs: readonly SeriesRun[];
  /** Modality -> validation of its view by epoch, mean over seeds. */
  readonly views: Readonly<Record<string, Lines>>;
  /** Modality -> its counterfactual weight by epoch: `mean` and, where recorded, quantiles (`q5` to `q95`); means over seeds. */
  readonly weights: Readonly<Record<string, Lines>>;
  /** What each modality adds to the mean margin by epoch (joint - without it), mean over seeds; one line per modality. */
  readonly contributions?: Lines | undefined;
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
 * Values as 16-bit steps between the lowest and the highest, little-endian in base64. This takes a third of the size of digits and is
 * finer than what a chart shows.
 */
export interface PackedLine {
  readonly low: number;
  readonly high: number;
  readonly steps: string;
}

/** The step that stands for no value. The one before it stands for the highest value. */
export const NO_VALUE = 0xffff;

/** The test result of users with similar activity, or of items with similar popularity; means over seeds. */
export interface Group {
  /** The training interactions that its members have: `10–24`. */
  readonly label: string;
  readonly count: number;
  readonly values: Readonly<Record<string, number>>;
}

/** How far a view falls behind its teacher; see `ViewGap`. */
export interface Gap {
  readonly variant: string;
  readonly modality: string;
  readonly teacher: number;
  readonly view: number;
}

/** How a variant differs from plain; see `VariantComparison`. */
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

/** How a line looks: a colour of the page's palette and a dash pattern, so that lines never differ by colour alone. */
export interface Mark {
  readonly slot: number;
  readonly dash: string;
}
