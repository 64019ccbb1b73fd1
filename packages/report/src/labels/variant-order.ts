/** Order of variants in every table and legend: plain, ckd, each modality alone, then the others by name. */
export function compareVariants(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(variant: string): number {
  if (variant === 'plain') return 0;
  if (variant === 'ckd') return 1;
  return modalityOf(variant) === undefined ? 3 : 2;
}

/** The modality of a uni-modal variant, `only:text` -> text, or undefined for any other. */
export function modalityOf(variant: string): string | undefined {
  return variant.startsWith('only:') ? variant.slice('only:'.length) : undefined;
}

/** Whether a variant is CKD without one of its parts. */
export function isAblation(variant: string): boolean {
  return variant.startsWith('ckd-');
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
