import { quantile } from '@balanced-rec/distributions';
import { normalCdf, normalQuantile } from './normal-distribution.js';

/**
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron, 1987): quantiles of the means of bootstrap samples, at levels
 * that allow for their being off centre (z0) and for the skewness of the data (a). Exchanging the two sides of the data's differences
 * mirrors it.
 *
 * @param sample The data that the means are of.
 * @param means Of bootstrap samples; see `bootstrapMeans`.
 * @param level Share of such intervals that hold the true mean, 0.95 by default.
 */
export function bcaInterval(sample: Float64Array, means: Float64Array, level = 0.95): [low: number, high: number] {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  // Without spread every bootstrap mean is the mean, and a has no value.
  if (sample.every((value) => value === sample[0])) return [mean, mean];
  const sorted = means.toSorted();
  const offset = normalQuantile(shareBelow(sorted, mean));
  const skewness = acceleration(sample, mean);
  const end = (probability: number) => {
    const z = offset + normalQuantile(probability);
    return quantile(sorted, normalCdf(offset + z / (1 - skewness * z)));
  };
  return [end((1 - level) / 2), end((1 + level) / 2)];
}

/** Means level with that of the data count half, so that mirrored data has mirrored levels. */
function shareBelow(means: Float64Array, mean: number): number {
  let below = 0;
  for (const other of means) below += other < mean ? 1 : other === mean ? 0.5 : 0;
  return below / means.length;
}

/** a = sum u^3 / (6 (sum u^2)^1.5) over the deviations u: of a mean, the jackknife's formula comes down to this. */
function acceleration(sample: Float64Array, mean: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of sample) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}
