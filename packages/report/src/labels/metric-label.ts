const LABELS: Readonly<Record<string, string>> = {
  recall: 'Recall',
  precision: 'Precision',
  ndcg: 'NDCG',
  hit: 'HitRate',
  map: 'MAP',
  mrr: 'MRR',
  'ndcg-ckd': 'NDCG-CKD',
  coverage: 'Coverage',
  popularity: 'Popularity',
};

/** `recall@20` as a reader knows it: Recall@20. A name that is not known here stays as it is. */
export function metricLabel(metric: string): string {
  const { name, cutoff } = splitMetric(metric);
  return `${LABELS[name] ?? name}${cutoff === undefined ? '' : `@${cutoff}`}`;
}

/** Whether more is better. Popularity describes what is recommended and has no better side. */
export function moreIsBetter(metric: string): boolean {
  return splitMetric(metric).name !== 'popularity';
}

/** Order of metrics in switches and tables: by kind as listed above, then by cutoff. */
export function compareMetrics(a: string, b: string): number {
  const [left, right] = [splitMetric(a), splitMetric(b)];
  return (
    kindRank(left.name) - kindRank(right.name) ||
    (left.name < right.name ? -1 : left.name > right.name ? 1 : 0) ||
    (left.cutoff ?? 0) - (right.cutoff ?? 0)
  );
}

function kindRank(name: string): number {
  const at = Object.keys(LABELS).indexOf(name);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

function splitMetric(metric: string): { name: string; cutoff: number | undefined } {
  const parts = /^(.*)@(\d+)$/.exec(metric);
  return parts ? { name: parts[1]!, cutoff: Number(parts[2]) } : { name: metric, cutoff: undefined };
}
