import { RandomGenerator } from '@balanced-rec/distributions';

export const RESAMPLES = 2000;

/** Resamples summed in one pass over a data set: several sums at once take little longer than one, as each waits for its last addition. */
const ABREAST = 4;

/** Any state but zeros will do: that it is always the same one makes the intervals of a comparison repeatable. */
const START = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344] as const;

/**
 * Means of {@link RESAMPLES} bootstrap samples, each as large as the data and drawn from it with replacement, for every one of several
 * data sets of one size. All are resampled by the same draws, so that a data set's means do not depend on what is beside it,
 * and further ones cost no draws.
 */
export function bootstrapMeans(samples: readonly Float64Array[]): Float64Array[] {
  const size = samples[0]?.length ?? 0;
  const random = new RandomGenerator(START);
  /** How often each of some resamples has drawn a value: [size, ABREAST]. */
  const drawn = new Float64Array(size * ABREAST);
  const parts = samples.map(nonZero);
  const means = samples.map(() => new Float64Array(RESAMPLES));
  for (let first = 0; first < RESAMPLES; first += ABREAST) {
    drawn.fill(0);
    for (let lane = 0; lane < ABREAST; lane++) {
      for (let draw = 0; draw < size; draw++) {
        // Some values come up more often than others by size / 2^32 at most, which is nothing here; `below` takes several times as long.
        const at = Math.floor((random.uint32() * size) / 2 ** 32);
        drawn[at * ABREAST + lane]!++;
      }
    }
    for (const [at, part] of parts.entries()) means[at]!.set(weightedSums(part, drawn), first);
  }
  return means.map((sums) => sums.map((sum) => sum / size));
}

interface SparseValues {
  /** Where in the data, times {@link ABREAST}. */
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Many users fare the same under two models, and zeros add nothing to a sum. */
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
