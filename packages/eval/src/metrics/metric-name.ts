import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** The ranking metrics, by the name that configs and records use. */
export const METRIC_NAMES = ['recall', 'precision', 'ndcg', 'hit', 'map', 'mrr', 'ndcg-ckd'] as const;

/** A metric that can be measured; `ndcg-ckd` is the NDCG of the CKD authors' code. */
export type MetricName = (typeof METRIC_NAMES)[number];

/** A metric at a cutoff, as it is written in configs and records: `recall@20`. */
export type MetricKey = `${MetricName}@${number}`;

export function isMetricName(name: string): name is MetricName {
  return (METRIC_NAMES as readonly string[]).includes(name);
}

/** Refuses a name that is no metric, with the metric that was probably meant. */
export function checkMetricName(name: string, place?: string): MetricName {
  if (isMetricName(name)) return name;
  const near = nearestName(name, METRIC_NAMES);
  throw new BalancedRecError({
    code: 'metrics/unknown-metric',
    message: 'there is no metric of this name',
    ...(place === undefined ? {} : { place }),
    expected: METRIC_NAMES.join(', '),
    found: JSON.stringify(name),
    remedy: near === undefined ? 'name one of these metrics' : `did you mean '${near}'?`,
  });
}

/** Refuses a cutoff that is not a positive whole number. */
export function checkCutoff(cutoff: number, place?: string): number {
  if (Number.isSafeInteger(cutoff) && cutoff > 0) return cutoff;
  throw new BalancedRecError({
    code: 'metrics/bad-cutoff',
    message: 'a metric is cut at a positive whole number of items',
    ...(place === undefined ? {} : { place }),
    expected: 'a whole number of at least 1',
    found: String(cutoff),
    remedy: 'write recall@20, for example, for the 20 best items',
  });
}
