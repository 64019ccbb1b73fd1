export { coverage } from './coverage.js';
export { meanPopularity } from './mean-popularity.js';
export { type Measured, type MeasureRequest, measure } from './measure.js';
export { checkMetricName, METRIC_NAMES, type MetricKey, type MetricName } from './metric-name.js';
export { type Metric, metricKey, parseMetric } from './parse-metric.js';
export type { RankedLists, RelevantItems } from './ranked-lists.js';
