import type { Hits } from './hits.js';

/** RR@K = 1 / rank of the first hit within K, else 0; its mean over users is MRR@K. */
export function reciprocalRank({ flags }: Hits, cutoff: number): number {
  for (let rank = 0; rank < cutoff; rank++) if (flags[rank] === 1) return 1 / (rank + 1);
  return 0;
}
