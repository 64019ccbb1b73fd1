/** The range and centre of some numbers. All 0 if there are none. */
export interface Distribution {
  readonly min: number;
  readonly median: number;
  readonly mean: number;
  readonly max: number;
}

/** @param sorted ascending */
export function distributionOf(sorted: Float64Array | Int32Array): Distribution {
  const count = sorted.length;
  if (count === 0) return { min: 0, median: 0, mean: 0, max: 0 };
  const median = (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
  let sum = 0;
  for (let n = 0; n < count; n++) sum += sorted[n]!;
  return { min: sorted[0]!, median, mean: sum / count, max: sorted[count - 1]! };
}

/** How unevenly interactions are distributed over items. */
export interface Concentration {
  /** 0 if all items have equally many, approaching 1 if a single item has all (Gini, 1912). */
  readonly gini: number;
  /** The share of the interactions with the most popular 1 % of the items, 0 to 1. */
  readonly top1: number;
  /** The same for the most popular 20 %. */
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

/** A mean over users, with its uncertainty from the choice of users. */
export interface Estimate {
  readonly mean: number;
  /** The standard error of the mean. */
  readonly error: number;
}

export function estimateOf(values: Float64Array): Estimate {
  const count = values.length;
  if (count === 0) return { mean: 0, error: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0 };
}

/** How much larger the values of `ones` are than those of `others`, compared user by user. */
export function differenceOf(ones: Float64Array, others: Float64Array): Estimate {
  return estimateOf(ones.map((value, user) => value - others[user]!));
}

/** Whether a difference exceeds 0 by more than twice its standard error. */
export function isClear({ mean, error }: Estimate): boolean {
  return mean > 2 * error;
}

/** Rounds the number of items up: of 30 items, the most popular 1 % is one item. */
function shareOfTop(sorted: Int32Array, part: number, sum: number): number {
  let ofTop = 0;
  for (const count of sorted.subarray(sorted.length - Math.ceil(part * sorted.length))) ofTop += count;
  return ofTop / sum;
}
