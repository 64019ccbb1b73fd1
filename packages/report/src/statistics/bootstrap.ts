import { quantile, RandomGenerator } from '@balanced-rec/distributions';
import { normalCdf, normalQuantile } from './normal-distribution.js';

const RESAMPLES = 2000;

/** Resamples summed in one pass over a data set: additions to one sum wait for each other, so several at once take little longer than one. */
const ABREAST = 4;

/** Any nonzero state would do. It never changes, so that a comparison's intervals can be reproduced. */
const START = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/** 95% bootstrap confidence interval of the mean of each data set. No interval depends on the other data sets. */
export function bootstrapIntervals(samples: readonly Float64Array[]): [low: number, high: number][] {
  const intervals = new Array<[number, number]>(samples.length);
  for (const size of new Set(samples.map(({ length }) => length))) {
    const places = [...samples.keys()].filter((at) => samples[at]!.length === size);
    const means = bootstrapMeans(places.map((at) => samples[at]!));
    for (const [k, at] of places.entries()) intervals[at] = bcaInterval(samples[at]!, means[k]!);
  }
  return intervals;
}

/**
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron, 1987): quantiles of the means of bootstrap samples, at levels
 * corrected for bias (z0) and for the skewness of the data (a). Negating the data mirrors the interval.
 *
 * @param sample The data.
 * @param means The means of bootstrap samples of the data; see {@link bootstrapMeans}.
 * @param level The share of such intervals that contain the true mean, 0.95 by default.
 */
export function bcaInterval(sample: Float64Array, means: Float64Array, level = 0.95): [low: number, high: number] {
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  // Without spread every bootstrap mean equals the mean, and a is undefined.
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

/**
 * Means of 2,000 bootstrap samples for each of several data sets of one size. A bootstrap sample is as large as the data and drawn from
 * it with replacement. All data sets share the same draws, so a data set's means do not depend on the others, and further data sets
 * cost no draws.
 */
export function bootstrapMeans(samples: readonly Float64Array[]): Float64Array[] {
  const size = samples[0]?.length ?? 0;
  const random = new RandomGenerator(START);
  /** How often each resample in progress has drawn each value: [size, ABREAST]. */
  const drawn = new Float64Array(size * ABREAST);
  const parts = samples.map(nonZero);
  const means = samples.map(() => new Float64Array(RESAMPLES));
  for (let first = 0; first < RESAMPLES; first += ABREAST) {
    drawn.fill(0);
    for (let lane = 0; lane < ABREAST; lane++) {
      for (let draw = 0; draw < size; draw++) {
        // The probabilities of values differ by at most size / 2^32 relatively, which is negligible. `below` takes several times as long.
        const at = Math.floor((random.uint32() * size) / 2 ** 32);
        drawn[at * ABREAST + lane]!++;
      }
    }
    for (const [at, part] of parts.entries()) means[at]!.set(weightedSums(part, drawn), first);
  }
  return means.map((sums) => sums.map((sum) => sum / size));
}

/** The share of means below that of the data. Equal means count half, so that negated data has mirrored levels. */
function shareBelow(means: Float64Array, mean: number): number {
  let below = 0;
  for (const other of means) below += other < mean ? 1 : other === mean ? 0.5 : 0;
  return below / means.length;
}

/** a = sum u^3 / (6 (sum u^2)^1.5) over the deviations u. For a mean, the jackknife formula reduces to this. */
function acceleration(sample: Float64Array, mean: number): number {
  let squares = 0;
  let cubes = 0;
  for (const value of sample) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

interface SparseValues {
  /** Positions in the data, times {@link ABREAST}. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Keeps the nonzero values: many users score the same under two models, and their zeros add nothing to a sum. */
function nonZero(sample: Float64Array): SparseValues {
  const positions = Int32Array.from(sample.keys()).filter((at) => sample[at] !== 0);
  return {
    places: positions.map((at) => at * ABREAST),
    values: Float64Array.from(positions, (at) => sample[at]!),
  };
}

function weightedSums({ places, values }: SparseValues, drawn: Float64Array): number[] {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    const place = places[k]!;
    a += value * drawn[place]!;
    b += value * drawn[place + 1]!;
    c += value * drawn[place + 2]!;
    d += value * drawn[place + 3]!;
  }
  return [a, b, c, d];
}
