/** A model that knows no modality, which every multimodal model should outrank; run once per dataset and seed. */
export interface Floor {
  readonly backbone: string;
  readonly variant: string;
  /** Its name for readers. */
  readonly label: string;
}

/** In the order in which they stand at the top of their dataset's rows. */
const FLOORS: readonly Floor[] = [
  { backbone: 'popularity', variant: 'popularity', label: 'Popularity' },
  { backbone: 'bpr-mf', variant: 'id-only', label: 'BPR-MF (ids only)' },
];

/** The floor that a record's backbone is, or undefined for a multimodal backbone. */
export function floorOf(backbone: string): Floor | undefined {
  return FLOORS.find((floor) => floor.backbone === backbone);
}

/** Whether a variant is a floor's only one, and so no column of a table. */
export function isFloorVariant(variant: string): boolean {
  return FLOORS.some((floor) => floor.variant === variant);
}

/** Floors come before backbones, in their own order. */
export function floorRank(backbone: string): number {
  const at = FLOORS.findIndex((floor) => floor.backbone === backbone);
  return at < 0 ? FLOORS.length : at;
}

/** A backbone's name for readers. */
export function backboneLabel(backbone: string): string {
  return floorOf(backbone)?.label ?? backbone;
}
