import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { formatScore } from '../labels/format-number.js';
import { meanAndDeviation } from '../labels/mean-and-deviation.js';
import { compareMetrics, moreIsBetter } from '../labels/metric-label.js';
import { compareVariants } from '../labels/variant-order.js';
import type { RunRecord } from '../records/run-record.js';
import { cautions } from '../tables/cautions.js';
import { compareWithPlain } from './compare-with-plain.js';
import { groupRuns, type RunGroup } from './group-runs.js';
import { type Improvement, percentChange } from './improvement.js';
import type { Summary, SummaryCell, SummaryRow } from './summary.js';
import { viewGaps } from './view-gap.js';

/** What {@link summarize} is to lead with. */
export interface SummarizeOptions {
  /** The metric to show first; recall@20 where it was measured, else the first that was. */
  readonly metric?: string;
}

/**
 * Mean and sample standard deviation over seeds of every test metric, per dataset x backbone x variant, with the
 * relative improvement of CKD over plain: the layout of Table 2 of the CKD paper (Zhang et al., ACM MM 2024); and how
 * each variant compares with plain over the users.
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
    improvement: improvementOf(cells),
  };
}

/** Ties are judged by what is displayed: of two equal numbers, one in bold would puzzle the reader. */
function bestOf(cells: Readonly<Record<string, SummaryCell>>): string[] {
  const variants = Object.keys(cells);
  if (variants.length < 2) return [];
  const top = formatScore(Math.max(...variants.map((variant) => cells[variant]!.mean)));
  return variants.filter((variant) => formatScore(cells[variant]!.mean) === top);
}

function improvementOf({ plain, ckd }: Readonly<Record<string, SummaryCell>>): Improvement | null {
  if (!plain || !ckd) return null;
  const perSeed = plain.seeds.flatMap((seed, at) => {
    const other = ckd.seeds.indexOf(seed);
    if (other < 0) return [];
    const pair = { plain: plain.values[at]!, ckd: ckd.values[other]! };
    return [{ seed, ...pair, percent: percentChange(pair.plain, pair.ckd) }];
  });
  return {
    percent: percentChange(plain.mean, ckd.mean),
    plain: plain.mean,
    ckd: ckd.mean,
    plainSeeds: plain.seeds.length,
    ckdSeeds: ckd.seeds.length,
    perSeed,
  };
}

function chooseMetric(metrics: readonly string[], wanted: string | undefined): string {
  if (wanted === undefined) {
    const first = metrics.includes('recall@20') ? 'recall@20' : metrics[0];
    if (first !== undefined) return first;
  } else if (metrics.includes(wanted)) {
    return wanted;
  }
  const near = wanted === undefined ? undefined : nearestName(wanted, metrics);
  throw new BalancedRecError({
    code: 'report/unmeasured-metric',
    message: wanted === undefined ? 'the runs hold no test metric' : 'no run measured this metric on test',
    ...(wanted === undefined ? {} : { found: JSON.stringify(wanted), expected: metrics.join(', ') }),
    ...(near === undefined ? {} : { remedy: `did you mean '${near}'?` }),
  });
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
