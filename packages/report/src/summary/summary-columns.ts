import { isFloorVariant } from '../labels/floor.js';
import { isAblation, variantLabel } from '../labels/variant-order.js';
import type { Summary } from './summary.js';

export type SummaryColumn =
  | { readonly kind: 'variant'; readonly variant: string; readonly label: string }
  | { readonly kind: 'improvement'; readonly label: string };

/** The columns of the main table after dataset and backbone: variants in order without ablations, the improvement right after `ckd`. */
export function summaryColumns({ variants }: Summary): SummaryColumn[] {
  const shown = variants.filter((variant) => !isAblation(variant) && !isFloorVariant(variant));
  const columns = shown.flatMap((variant): SummaryColumn[] => {
    const column = { kind: 'variant', variant, label: variantLabel(variant) } as const;
    const compared = variant === 'ckd' && variants.includes('plain');
    return compared ? [column, { kind: 'improvement', label: 'CKD vs plain' }] : [column];
  });
  // A comparison of ablations or floors alone still needs a column to stand in.
  return columns.length > 0 ? columns : [{ kind: 'variant', variant: variants[0]!, label: variantLabel(variants[0]!) }];
}
