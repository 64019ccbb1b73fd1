/** Where some numbers lie. All 0 where there are none. */
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
