import { significanceMark } from '../labels/significance-mark.js';
import type { Summary } from './summary.js';
import type { VariantComparison } from './variant-comparison.js';

/** Whether a comparison's adjusted p is below .05. */
export function isSignificant({ adjusted }: VariantComparison): boolean {
  return significanceMark(adjusted) !== '';
}

/** How a variant of a dataset x backbone compares with plain by a metric, where that was tested. */
export function comparisonOf(
  { comparisons }: Summary,
  metric: string,
  { dataset, backbone }: { readonly dataset: string; readonly backbone: string },
  variant: string,
): VariantComparison | undefined {
  return comparisons[metric]?.find(
    (one) => one.dataset === dataset && one.backbone === backbone && one.variant === variant,
  );
}

/** What the marks of a metric's tables mean; undefined where nothing was tested. */
export function significanceLegend({ comparisons }: Summary, metric: string): string | undefined {
  const tested = comparisons[metric] ?? [];
  if (tested.length === 0) return undefined;
  const family = tested.length === 1 ? 'one comparison' : `the ${tested.length} comparisons`;
  return `Marks *, **, ***: differs from plain with p < .05, .01, .001 (two-sided ${tested[0]!.test} test, paired over users; p adjusted by Holm’s method over ${family} of this metric).`;
}
