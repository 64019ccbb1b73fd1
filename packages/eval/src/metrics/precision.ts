import { countHits } from './count-hits.js';
import type { Hits } from './hits.js';

/** Precision@K = hits in the first K / K, also where the user has fewer than K candidates. */
export function precision({ flags }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) / cutoff;
}
