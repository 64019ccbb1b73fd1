import { BalancedRecError } from '@balanced-rec/errors';
import type { Interactions } from '@balanced-rec/interactions';
import { checkListReaches, checkRankedLists, forEachHits, type RankedLists } from './hits.js';
import { checkCutoff, checkMetricName, type MetricKey, type MetricName, metricKey } from './metric-name.js';
import { METRICS } from './metrics.js';

/** Ranked lists, the relevant items, and what to measure. */
export interface MeasureRequest {
  readonly lists: RankedLists;
  /** Every user in the lists must have at least one relevant item. */
  readonly relevant: Interactions;
  readonly metrics: readonly MetricName[];
  /** Each at most the lists' k. */
  readonly cutoffs: readonly number[];
}

/** Metrics of ranked lists, by metric and cutoff. */
export interface Measured {
  /** `recall@20` -> [n], in the order of `lists.users`. */
  readonly perUser: Readonly<Record<MetricKey, Float64Array>>;
  /** `recall@20` -> mean over the users. */
  readonly mean: Readonly<Record<MetricKey, number>>;
}

/** Measures ranked lists: every metric at every cutoff, for each user and on average. */
export function measure({ lists, relevant, metrics, cutoffs }: MeasureRequest): Measured {
  checkRankedLists(lists);
  for (const name of metrics) checkMetricName(name);
  for (const cutoff of cutoffs) checkListReaches(checkCutoff(cutoff), lists.k);
  if (lists.users.length === 0) throw nobodyRanked();

  const perUser: Record<MetricKey, Float64Array> = {};
  const columns = metrics.flatMap((name) =>
    cutoffs.map((cutoff) => {
      const values = new Float64Array(lists.users.length);
      perUser[metricKey(name, cutoff)] = values;
      return { compute: METRICS[name], cutoff, values };
    }),
  );
  forEachHits(lists, relevant, (hits, position) => {
    for (const { compute, cutoff, values } of columns) values[position] = compute(hits, cutoff);
  });

  const mean: Record<MetricKey, number> = {};
  for (const [key, values] of Object.entries(perUser)) mean[key as MetricKey] = average(values);
  return { perUser, mean };
}

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function nobodyRanked(): BalancedRecError {
  return new BalancedRecError({
    code: 'metrics/no-users',
    message: 'there are no ranked lists, so no mean is defined',
    remedy: 'evaluate a split in which at least one user has an item',
  });
}
