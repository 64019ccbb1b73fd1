/** Differences finer than the largest score over this are rounding of the float32 scores, not differences. */
const STEPS = 2 ** 20;

/**
 * `to` - `from` of each pair, rounded to a power of two that is about a millionth of the largest score. Scores are kept as float32,
 * in which (1/3 + 2/3) / 2 and (0 + 1) / 2 differ: such pairs must come out level, and equal differences equal. That the step is a
 * power of two makes sums of the differences exact, so that no result depends on the order of the pairs.
 */
export function levelDifferences(from: Float64Array, to: Float64Array): Float64Array {
  let largest = 0;
  for (let at = 0; at < from.length; at++) largest = Math.max(largest, Math.abs(from[at]!), Math.abs(to[at]!));
  if (largest === 0) return new Float64Array(from.length);
  const step = 2 ** Math.ceil(Math.log2(largest)) / STEPS;
  return from.map((score, at) => {
    const difference = to[at]! - score;
    // Halves are rounded away from zero on both sides: exchanging the two sides must give the opposite.
    return Math.sign(difference) * Math.round(Math.abs(difference) / step) * step;
  });
}
