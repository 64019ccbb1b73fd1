import type { Summary } from './summary.js';
import { variantLabel } from './variant-order.js';

export type SummaryColumn =
  | { readonly kind: 'variant'; readonly variant: string; readonly label: string }
  | { readonly kind: 'improvement'; readonly label: string };

/** The columns after dataset and backbone: variants in order, the improvement right after `ckd`. */
export function summaryColumns({ variants }: Summary): SummaryColumn[] {
  return variants.flatMap((variant): SummaryColumn[] => {
    const column = { kind: 'variant', variant, label: variantLabel(variant) } as const;
    const compared = variant === 'ckd' && variants.includes('plain');
    return compared ? [column, { kind: 'improvement', label: 'CKD vs plain' }] : [column];
  });
}
