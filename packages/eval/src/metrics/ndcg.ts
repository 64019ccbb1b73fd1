import { discountedGain, idealGain } from './discounted-gain.js';
import type { Hits } from './hits.js';

/** NDCG@K = DCG@K / DCG of min(K, relevant) hits at the first ranks (Järvelin and Kekäläinen 2002, binary gain). */
export function ndcg({ flags, relevant }: Hits, cutoff: number): number {
  return discountedGain(flags, cutoff) / idealGain(Math.min(cutoff, relevant));
}
