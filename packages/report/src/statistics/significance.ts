/**
 * P values adjusted by Holm's step-down method (1979), in the order given. With p(1) <= ... <= p(m), the adjusted p(i) is the largest of
 * (m - j + 1) p(j) over j <= i, at most 1. If everything below a level is rejected, the chance of any false rejection in the family
 * stays below that level, however the tests depend on each other.
 */
export function holmAdjusted(ps: readonly number[]): number[] {
  const adjusted = new Array<number>(ps.length);
  const ascending = [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!);
  let largest = 0;
  for (const [step, at] of ascending.entries()) {
    largest = Math.min(1, Math.max(largest, (ps.length - step) * ps[at]!));
    adjusted[at] = largest;
  }
  return adjusted;
}

/** The marks of significance, the strictest first: each stands for an adjusted p value below its level. */
export const SIGNIFICANCE_LEVELS = [
  { mark: '***', below: 0.001 },
  { mark: '**', below: 0.01 },
  { mark: '*', below: 0.05 },
] as const;

/** \*, \*\* or \*\*\*, or nothing. */
export type SignificanceMark = '' | (typeof SIGNIFICANCE_LEVELS)[number]['mark'];

/** The mark for a p value after Holm's correction; empty if the difference is not significant. */
export function significanceMark(adjusted: number): SignificanceMark {
  return SIGNIFICANCE_LEVELS.find(({ below }) => adjusted < below)?.mark ?? '';
}

/** Whether an adjusted p value is below the loosest level. */
export function isSignificant(adjusted: number): boolean {
  return significanceMark(adjusted) !== '';
}
