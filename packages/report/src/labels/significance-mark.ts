/** What a mark stands for: an adjusted p value below this. The strictest first. */
export const SIGNIFICANCE_LEVELS = [
  { mark: '***', below: 0.001 },
  { mark: '**', below: 0.01 },
  { mark: '*', below: 0.05 },
] as const;

/** \*, \*\* or \*\*\*, or nothing. */
export type SignificanceMark = '' | (typeof SIGNIFICANCE_LEVELS)[number]['mark'];

/** The mark of a p value after Holm's correction; empty where the difference is not significant. */
export function significanceMark(adjusted: number): SignificanceMark {
  return SIGNIFICANCE_LEVELS.find(({ below }) => adjusted < below)?.mark ?? '';
}
