import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** The ranking metrics, by the name that configs and records use. */
export const METRIC_NAMES = ['recall', 'precision', 'ndcg', 'hit', 'map', 'mrr', 'ndcg-ckd'] as const;

/** A metric that can be measured; `ndcg-ckd` is the NDCG of the CKD authors' code. */
export type MetricName = (typeof METRIC_NAMES)[number];

/** The metrics to measure, and the list lengths. */
export interface MetricChoice {
  readonly metrics: readonly MetricName[];
  readonly cutoffs: readonly number[];
}

/** A metric at a cutoff, as written in configs and records: `recall@20`. */
export type MetricKey = `${MetricName}@${number}`;

export function isMetricName(name: string): name is MetricName {
  return (METRIC_NAMES as readonly string[]).includes(name);
}

/** Rejects an unknown metric, suggesting the nearest one. */
export function checkMetricName(name: string, place?: string): MetricName {
  if (isMetricName(name)) return name;
  const near = nearestName(name, METRIC_NAMES);
  throw new BalancedRecError({
    code: 'metrics/unknown-metric',
    message: 'there is no metric with this name',
    place,
    expected: METRIC_NAMES.join(', '),
    found: JSON.stringify(name),
    remedy: near === undefined ? 'name one of these metrics' : `did you mean '${near}'?`,
  });
}

/** Rejects a cutoff that is not a positive whole number. */
export function checkCutoff(cutoff: number, place?: string): number {
  if (Number.isSafeInteger(cutoff) && cutoff > 0) return cutoff;
  throw new BalancedRecError({
    code: 'metrics/bad-cutoff',
    message: 'a cutoff must be a positive whole number of items',
    place,
    expected: 'a whole number of at least 1',
    found: String(cutoff),
    remedy: 'write recall@20, for example, for the 20 best items',
  });
}

/** A metric with its cutoff. */
export interface Metric {
  readonly name: MetricName;
  readonly cutoff: number;
}

/** Parses `recall@20` into its name and cutoff; `place` is where the text was found, for the error. */
export function parseMetric(text: string, place?: string): Metric {
  const parts = /^([^@]*)@(.*)$/.exec(text);
  if (!parts) {
    const near = nearestName(text.replace(/[^a-z-]+/gi, ''), METRIC_NAMES) ?? 'recall';
    throw new BalancedRecError({
      code: 'metrics/malformed-metric',
      message: 'a metric needs a cutoff',
      place,
      expected: 'name@cutoff, for example recall@20',
      found: JSON.stringify(text),
      remedy: `write '${near}@20' for the 20 best items`,
    });
  }
  const [, name = '', cutoff = ''] = parts;
  return {
    name: checkMetricName(name, place ?? text),
    cutoff: checkCutoff(/^\d+$/.test(cutoff) ? Number(cutoff) : Number.NaN, place ?? text),
  };
}

/** The inverse of {@link parseMetric}. */
export function metricKey(name: MetricName, cutoff: number): MetricKey {
  return `${name}@${cutoff}`;
}
