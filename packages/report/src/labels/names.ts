/** In the order in which tables and switches show them. */
const METRIC_LABELS: Readonly<Record<string, string>> = {
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
  return `${METRIC_LABELS[name] ?? name}${cutoff === undefined ? '' : `@${cutoff}`}`;
}

/** Whether a higher value is better. Popularity only describes what is recommended; neither direction is better. */
export function moreIsBetter(metric: string): boolean {
  return splitMetric(metric).name !== 'popularity';
}

/** The order of metrics in switches and tables: by kind, then by cutoff. */
export function compareMetrics(a: string, b: string): number {
  const [left, right] = [splitMetric(a), splitMetric(b)];
  return (
    kindRank(left.name) - kindRank(right.name) ||
    (left.name < right.name ? -1 : left.name > right.name ? 1 : 0) ||
    (left.cutoff ?? 0) - (right.cutoff ?? 0)
  );
}

/** A variant's name for readers: `only:text` -> only text, `ckd-no-specific` -> CKD, no specific. */
export function variantLabel(variant: string): string {
  const modality = modalityOf(variant);
  if (modality !== undefined) return `only ${modality}`;
  if (variant === 'ckd') return 'CKD';
  if (variant === 'ogm-ge') return 'OGM-GE';
  if (isAblation(variant)) return `CKD, ${variant.slice('ckd-'.length).replaceAll('-', ' ')}`;
  return variant;
}

/** The order of variants in every table and legend: plain, ckd, each modality alone, then the others by name. */
export function compareVariants(a: string, b: string): number {
  return variantRank(a) - variantRank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The modality of a uni-modal variant, `only:text` -> text; undefined for any other variant. */
export function modalityOf(variant: string): string | undefined {
  return variant.startsWith('only:') ? variant.slice('only:'.length) : undefined;
}

/** Whether a variant is CKD without one of its parts. */
export function isAblation(variant: string): boolean {
  return variant.startsWith('ckd-');
}

/** A backbone's name for readers. */
export function backboneLabel(backbone: string): string {
  return floorOf(backbone)?.label ?? backbone;
}

/** A model that uses no modality. Every multimodal model should outperform it; it is run once per dataset and seed. */
interface Floor {
  readonly backbone: string;
  readonly variant: string;
  /** Its name for readers. */
  readonly label: string;
}

/** In the order in which they appear at the top of their dataset's rows. */
const FLOORS: readonly Floor[] = [
  { backbone: 'popularity', variant: 'popularity', label: 'Popularity' },
  { backbone: 'bpr-mf', variant: 'id-only', label: 'BPR-MF (ids only)' },
];

/** The floor that a record's backbone stands for; undefined for a multimodal backbone. */
export function floorOf(backbone: string): Floor | undefined {
  return FLOORS.find((floor) => floor.backbone === backbone);
}

/** Whether a variant is the only one of a floor, which has no column of its own. */
export function isFloorVariant(variant: string): boolean {
  return FLOORS.some((floor) => floor.variant === variant);
}

/** The rank of a backbone among floors: they come first, in their own order; all other backbones are equal. */
export function floorRank(backbone: string): number {
  const at = FLOORS.findIndex((floor) => floor.backbone === backbone);
  return at < 0 ? FLOORS.length : at;
}

function variantRank(variant: string): number {
  if (variant === 'plain') return 0;
  if (variant === 'ckd') return 1;
  return modalityOf(variant) === undefined ? 3 : 2;
}

function kindRank(name: string): number {
  const at = Object.keys(METRIC_LABELS).indexOf(name);
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

function splitMetric(metric: string): { name: string; cutoff: number | undefined } {
  const parts = /^(.*)@(\d+)$/.exec(metric);
  return parts ? { name: parts[1]!, cutoff: Number(parts[2]) } : { name: metric, cutoff: undefined };
}
