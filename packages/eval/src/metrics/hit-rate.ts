import { countHits } from './count-hits.js';
import type { Hits } from './hits.js';

/** HitRate@K = 1 where the first K hold a relevant item, else 0. */
export function hitRate({ flags }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) > 0 ? 1 : 0;
}
