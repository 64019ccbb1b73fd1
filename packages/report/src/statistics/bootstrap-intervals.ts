import { bcaInterval } from './bca-interval.js';
import { bootstrapMeans } from './bootstrap-means.js';

/** 95% bootstrap confidence interval of the mean of each data set; one of a data set does not depend on the others. */
export function bootstrapIntervals(samples: readonly Float64Array[]): [low: number, high: number][] {
  const intervals = new Array<[number, number]>(samples.length);
  for (const size of new Set(samples.map(({ length }) => length))) {
    const places = [...samples.keys()].filter((at) => samples[at]!.length === size);
    const means = bootstrapMeans(places.map((at) => samples[at]!));
    for (const [k, at] of places.entries()) intervals[at] = bcaInterval(samples[at]!, means[k]!);
  }
  return intervals;
}
