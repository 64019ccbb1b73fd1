import { countHits } from './count-hits.js';
import type { Hits } from './hits.js';

/** Recall@K = hits in the first K / relevant items. */
export function recall({ flags, relevant }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) / relevant;
}
