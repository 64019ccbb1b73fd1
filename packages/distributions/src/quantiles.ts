/** The probabilities at which distributions are summarised. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** The quantiles of the values at {@link QUANTILES}. */
export function quantiles(values: Float32Array): number[] {
  const sorted = values.slice().sort();
  return QUANTILES.map((probability) => quantile(sorted, probability));
}

/** A quantile of values in ascending order, interpolated linearly (type 7 of Hyndman & Fan, 1996, the default in R and NumPy). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
