import { RandomGenerator } from '@balanced-rec/ckd-core';

export const RESAMPLES = 2000;

/** Any state but zeros will do: that it is always the same one makes the intervals of a comparison repeatable. */
const START = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/**
 * Means of {@link RESAMPLES} bootstrap samples, each as large as the data and drawn from it with replacement, for every one of several
 * data sets of one size. All are resampled by the same draws, so that a data set's means do not depend on what is beside it,
 * and many cost little more draws than one.
 */
export function bootstrapMeans(samples: readonly Float64Array[]): Float64Array[] {
  const size = samples[0]?.length ?? 0;
  const random = new RandomGenerator(START);
  const weights = new Float64Array(size);
  const parts = samples.map(nonZero);
  const means = samples.map(() => new Float64Array(RESAMPLES));
  for (let resample = 0; resample < RESAMPLES; resample++) {
    weights.fill(0);
    for (let draw = 0; draw < size; draw++) weights[random.below(size)]!++;
    for (const [at, part] of parts.entries()) means[at]![resample] = weightedSum(part, weights) / size;
  }
  return means;
}

interface SparseValues {
  readonly positions: Int32Array;
  readonly values: Float64Array;
}

/** Most users fare the same under two models, and zeros add nothing to a sum. */
function nonZero(sample: Float64Array): SparseValues {
  const positions = Int32Array.from(sample.keys()).filter((at) => sample[at] !== 0);
  return { positions, values: Float64Array.from(positions, (at) => sample[at]!) };
}

function weightedSum({ positions, values }: SparseValues, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k]! * weights[positions[k]!]!;
  return sum;
}
