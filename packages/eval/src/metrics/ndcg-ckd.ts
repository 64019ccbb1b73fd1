import { countHits } from './count-hits.js';
import { discountedGain, idealGain } from './discounted-gain.js';
import type { Hits } from './hits.js';

/**
 * NDCG@K as the CKD authors' code computes it: DCG@K / DCG@K of the *retrieved* list with its own hits moved to the front; 0 without hits.
 *
 * The ideal counts hits of the whole list, beyond K too, so the value depends on the length of the list: rank as many
 * items as the largest cutoff (20 in the paper) to reproduce their table. Relevant items that were not retrieved do not
 * lower it, which is why it is never a default.
 */
export function ndcgCkd({ flags }: Hits, cutoff: number): number {
  const ideal = idealGain(Math.min(cutoff, countHits(flags, flags.length)));
  return ideal === 0 ? 0 : discountedGain(flags, cutoff) / ideal;
}
