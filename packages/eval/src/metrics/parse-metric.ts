import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { checkCutoff, checkMetricName, METRIC_NAMES, type MetricKey, type MetricName } from './metric-name.js';

/** A metric at the length of a list. */
export interface Metric {
  readonly name: MetricName;
  readonly cutoff: number;
}

/** Reads `recall@20` into its name and cutoff; `place` is where the text stood, for the error. */
export function parseMetric(text: string, place?: string): Metric {
  const parts = /^([^@]*)@(.*)$/.exec(text);
  if (!parts) {
    const near = nearestName(text.replace(/[^a-z-]+/gi, ''), METRIC_NAMES) ?? 'recall';
    throw new BalancedRecError({
      code: 'metrics/malformed-metric',
      message: 'a metric is written with its cutoff',
      ...(place === undefined ? {} : { place }),
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
