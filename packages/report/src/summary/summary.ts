import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { formatScore } from '../labels/format-number.js';
import { compareMetrics, compareVariants, moreIsBetter } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { meanAndDeviation } from '../statistics/mean-and-deviation.js';
import { compareWithPlain, type VariantComparison } from './compare-with-plain.js';
import { groupRuns, type RunGroup } from './group-runs.js';
import { type Improvement, improvementOf } from './improvement.js';
import { cautions } from './provenance.js';
import { type ViewGap, viewGaps } from './view-gap.js';

/** What the tables of a comparison show. It is plain data, and does not depend on the order of the records. */
export interface Summary {
  readonly format: 2;
  /** Number of runs. */
  readonly runs: number;
  /** The metric that is shown first. */
  readonly metric: string;
  /** All test metrics found. */
  readonly metrics: readonly string[];
  /** All variants found, in the order of the columns. */
  readonly variants: readonly string[];
  readonly seeds: readonly number[];
  /** Metric -> table. */
  readonly tables: Readonly<Record<string, readonly SummaryRow[]>>;
  /**
   * Metric -> how each variant compares with plain, user by user. Holm's correction is made for one metric's comparisons over all
   * datasets and backbones.
   */
  readonly comparisons: Readonly<Record<string, readonly VariantComparison[]>>;
  /** Validation metric -> how far each view falls behind its teacher; empty without views. */
  readonly gaps: Readonly<Record<string, readonly ViewGap[]>>;
  /** What a reader must know before comparing the numbers, such as that runs used different data. */
  readonly cautions: readonly string[];
}

/** One dataset x backbone. */
export interface SummaryRow {
  readonly dataset: string;
  readonly backbone: string;
  /** Variant -> cell. A variant without a run here is absent. */
  readonly cells: Readonly<Record<string, SummaryCell>>;
  /** The variants with the best mean, as displayed; more than one if they tie. */
  readonly best: readonly string[];
  /** Null unless both `plain` and `ckd` were run. */
  readonly improvement: Improvement | null;
}

/** One metric of one variant of a backbone on a dataset, over its seeds. */
export interface SummaryCell {
  readonly mean: number;
  /** Sample standard deviation over seeds; null with one seed. */
  readonly deviation: number | null;
  readonly seeds: readonly number[];
  /** One value per seed. */
  readonly values: readonly number[];
}

/** The options of {@link summarize}. */
export interface SummarizeOptions {
  /** The metric to show first. By default recall@20 if it was measured, else the first metric that was. */
  readonly metric?: string | undefined;
}

/**
 * Summarizes the runs of a comparison: mean and sample standard deviation over seeds of every test metric, per dataset x backbone x
 * variant, with the relative improvement of CKD over plain (the layout of Table 2 of the CKD paper, Zhang et al., ACM MM 2024), and how
 * each variant compares with plain over the users.
 * @throws BalancedRecError `report/no-runs`, `report/duplicate-run`, `report/unmeasured-metric`
 */
export function summarize(records: readonly RunRecord[], options: SummarizeOptions = {}): Summary {
  const groups = groupRuns(records);
  const metrics = distinct(records.flatMap((record) => Object.keys(record.result.test))).sort(compareMetrics);
  return {
    format: 2,
    runs: records.length,
    metric: chooseMetric(metrics, options.metric),
    metrics,
    variants: distinct(records.map((record) => record.variant)).sort(compareVariants),
    seeds: distinct(records.map((record) => record.seed)).sort((a, b) => a - b),
    tables: Object.fromEntries(metrics.map((metric) => [metric, groups.map((group) => row(group, metric))])),
    comparisons: Object.fromEntries(metrics.map((metric) => [metric, compareWithPlain(groups, metric)])),
    gaps: viewGaps(groups),
    cautions: cautions(groups),
  };
}

/** How a variant of a dataset x backbone compares with plain by a metric; undefined if that was not tested. */
export function comparisonOf(
  { comparisons }: Summary,
  metric: string,
  { dataset, backbone }: Pick<SummaryRow, 'dataset' | 'backbone'>,
  variant: string,
): VariantComparison | undefined {
  return comparisons[metric]?.find(
    (one) => one.dataset === dataset && one.backbone === backbone && one.variant === variant,
  );
}

function row(group: RunGroup, metric: string): SummaryRow {
  const cells: Record<string, SummaryCell> = {};
  for (const [variant, runs] of group.variants) {
    const measured = runs.filter((run) => run.result.test[metric] !== undefined);
    if (measured.length === 0) continue;
    const values = measured.map((run) => run.result.test[metric]!);
    cells[variant] = { ...meanAndDeviation(values), seeds: measured.map((run) => run.seed), values };
  }
  return {
    dataset: group.dataset,
    backbone: group.backbone,
    cells,
    best: moreIsBetter(metric) ? bestOf(cells) : [],
    improvement: cells.plain && cells.ckd ? improvementOf(cells.plain, cells.ckd) : null,
  };
}

/** Ties are judged by the displayed numbers: if only one of two equal numbers were bold, readers would be puzzled. */
function bestOf(cells: Readonly<Record<string, SummaryCell>>): string[] {
  const variants = Object.keys(cells);
  if (variants.length < 2) return [];
  const top = formatScore(Math.max(...variants.map((variant) => cells[variant]!.mean)));
  return variants.filter((variant) => formatScore(cells[variant]!.mean) === top);
}

function chooseMetric(metrics: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined) {
    const first = metrics.includes('recall@20') ? 'recall@20' : metrics[0];
    if (first !== undefined) return first;
    throw new BalancedRecError({ code: 'report/unmeasured-metric', message: 'the runs contain no test metrics' });
  }
  if (metrics.includes(wanted)) return wanted;
  const near = nearestName(wanted, metrics);
  throw new BalancedRecError({
    code: 'report/unmeasured-metric',
    message: 'no run measured this metric on test',
    expected: metrics.join(', '),
    found: JSON.stringify(wanted),
    remedy: near === undefined ? undefined : `did you mean '${near}'?`,
  });
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
