import type { Hits } from './hits.js';

/** AP@K = sum over hit ranks r <= K of Precision@r, divided by min(K, relevant items); its mean over users is MAP@K. */
export function averagePrecision({ flags, relevant }: Hits, cutoff: number): number {
  let hits = 0;
  let sum = 0;
  for (let rank = 0; rank < cutoff; rank++) {
    if (flags[rank] === 0) continue;
    hits++;
    sum += hits / (rank + 1);
  }
  return sum / Math.min(cutoff, relevant);
}
