import type { Improvement } from './improvement.js';
import type { VariantComparison } from './variant-comparison.js';
import type { ViewGap } from './view-gap.js';

/** What the tables of a comparison show; plain data, and the same for the same records in any order. */
export interface Summary {
  readonly format: 2;
  readonly runs: number;
  /** The metric that is shown first. */
  readonly metric: string;
  /** All test metrics found. */
  readonly metrics: readonly string[];
  /** All variants found, in the order of the columns. */
  readonly variants: readonly string[];
  readonly seeds: readonly number[];
  /** One table per metric. */
  readonly tables: Readonly<Record<string, readonly SummaryRow[]>>;
  /**
   * Metric -> how each variant compares with plain, user by user. One metric's comparisons, over all datasets and backbones, are the
   * family that Holm's correction is made for.
   */
  readonly comparisons: Readonly<Record<string, readonly VariantComparison[]>>;
  /** How far each view stays behind its teacher, one table per validation metric of the views; empty without views. */
  readonly gaps: Readonly<Record<string, readonly ViewGap[]>>;
  /** What a reader must know before comparing the numbers, such as runs on different data. */
  readonly cautions: readonly string[];
}

/** One dataset x backbone. */
export interface SummaryRow {
  readonly dataset: string;
  readonly backbone: string;
  /** Variant -> cell; a variant without a run here is absent. */
  readonly cells: Readonly<Record<string, SummaryCell>>;
  /** The variants with the best mean, as displayed; more than one where they tie. */
  readonly best: readonly string[];
  /** Null unless both `plain` and `ckd` were run. */
  readonly improvement: Improvement | null;
}

/** A metric of one variant of a backbone on a dataset, over its seeds. */
export interface SummaryCell {
  readonly mean: number;
  /** Sample standard deviation over seeds; null with one seed. */
  readonly deviation: number | null;
  readonly seeds: readonly number[];
  /** One value per seed. */
  readonly values: readonly number[];
}
