/** Where distributions are read off. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** The quantiles of some values at {@link QUANTILES}. */
export function quantiles(values: Float32Array): number[] {
  const sorted = values.slice().sort();
  return QUANTILES.map((probability) => quantile(sorted, probability));
}

/** Quantile of values in ascending order, linear between neighbours (type 7 of Hyndman & Fan, 1996: the default of R and NumPy). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
