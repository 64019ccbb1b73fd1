/** What {@link meanAndDeviation} computes. */
export interface MeanAndDeviation {
  readonly mean: number;
  /** Sample standard deviation (n - 1); null for a single value. */
  readonly deviation: number | null;
}

/** Mean and sample standard deviation of one or more values: s^2 = sum (x - mean)^2 / (n - 1). */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
