/** How unevenly interactions are spread over items. */
export interface Concentration {
  /** 0 where all items have as many, towards 1 where one has all (Gini, 1912). */
  readonly gini: number;
  /** The share of the interactions that the most popular 1 % of the items have, 0 to 1. */
  readonly top1: number;
  /** The same for 20 %. */
  readonly top20: number;
}

/** @param sorted the items' counts, ascending */
export function concentrationOf(sorted: Int32Array): Concentration {
  const count = sorted.length;
  let sum = 0;
  let weighted = 0;
  for (let n = 0; n < count; n++) {
    sum += sorted[n]!;
    weighted += (n + 1) * sorted[n]!;
  }
  if (sum === 0) return { gini: 0, top1: 0, top20: 0 };
  const gini = (2 * weighted) / (count * sum) - (count + 1) / count;
  return { gini, top1: shareOfTop(sorted, 0.01, sum), top20: shareOfTop(sorted, 0.2, sum) };
}

/** Part of an item counts as one: of 30 items, the most popular 1 % is one. */
function shareOfTop(sorted: Int32Array, part: number, sum: number): number {
  let ofTop = 0;
  for (const count of sorted.subarray(sorted.length - Math.ceil(part * sorted.length))) ofTop += count;
  return ofTop / sum;
}
