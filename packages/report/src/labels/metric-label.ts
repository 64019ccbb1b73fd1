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

/** A metric's name for readers: `recall@20` -> Recall@20. An unknown name stays as it is. */
export function metricLabel(metric: string): string {
  const { name, cutoff } = splitMetric(metric);
  return `${LABELS[name] ?? name}${cutoff === undefined ? '' : `@${cutoff}`}`;
}

/** Whether a higher value is better. Popularity only describes what is recommended; neither direction is better. */
export function moreIsBetter(metric: string): boolean {
  return splitMetric(metric).name !== 'popularity';
}

/** The order of metrics in switches and tables: by kind as listed above, then by cutoff. */
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
