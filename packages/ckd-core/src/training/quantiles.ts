/** Where distributions are read off. */
export const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** The quantiles of some values at {@link QUANTILES}, between two values by linear interpolation. */
export function quantiles(values: Float32Array): number[] {
  const sorted = values.slice().sort();
  return QUANTILES.map((level) => {
    const at = level * (sorted.length - 1);
    const below = Math.floor(at);
    const low = sorted[below]!;
    return low + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - low);
  });
}
