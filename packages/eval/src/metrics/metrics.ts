import type { Hits } from './hits.js';
import type { MetricName } from './metric-name.js';

/** The metrics by name; each computes its value for one user's list at a cutoff. */
export const METRICS: Readonly<Record<MetricName, (hits: Hits, cutoff: number) => number>> = {
  recall,
  precision,
  ndcg,
  hit: hitRate,
  map: averagePrecision,
  mrr: reciprocalRank,
  'ndcg-ckd': ndcgCkd,
};

/** Recall@K = hits in the first K / relevant items. */
function recall({ flags, relevant }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) / relevant;
}

/** Precision@K = hits in the first K / K, even if the user has fewer than K candidates. */
function precision({ flags }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) / cutoff;
}

/** NDCG@K = DCG@K / DCG of min(K, relevant) hits at the first ranks (Järvelin and Kekäläinen 2002, binary gain). */
function ndcg({ flags, relevant }: Hits, cutoff: number): number {
  return discountedGain(flags, cutoff) / idealGain(Math.min(cutoff, relevant));
}

/**
 * NDCG@K as the CKD authors' code computes it: DCG@K / DCG@K of the *retrieved* list with its own hits moved to the front; 0 without hits.
 *
 * The ideal counts hits of the whole list, beyond K too, so the value depends on the length of the list: rank as many
 * items as the largest cutoff (20 in the paper) to reproduce their table. Relevant items that were not retrieved do not
 * lower it, which is why it is never a default.
 */
function ndcgCkd({ flags }: Hits, cutoff: number): number {
  const ideal = idealGain(Math.min(cutoff, countHits(flags, flags.length)));
  return ideal === 0 ? 0 : discountedGain(flags, cutoff) / ideal;
}

/** HitRate@K = 1 if the first K contain a relevant item, else 0. */
function hitRate({ flags }: Hits, cutoff: number): number {
  return countHits(flags, cutoff) > 0 ? 1 : 0;
}

/** AP@K = sum over hit ranks r <= K of Precision@r, divided by min(K, relevant items); its mean over users is MAP@K. */
function averagePrecision({ flags, relevant }: Hits, cutoff: number): number {
  let hits = 0;
  let sum = 0;
  for (let rank = 0; rank < cutoff; rank++) {
    if (flags[rank] === 0) continue;
    hits++;
    sum += hits / (rank + 1);
  }
  return sum / Math.min(cutoff, relevant);
}

/** RR@K = 1 / rank of the first hit within K, else 0; its mean over users is MRR@K. */
function reciprocalRank({ flags }: Hits, cutoff: number): number {
  for (let rank = 0; rank < cutoff; rank++) if (flags[rank] === 1) return 1 / (rank + 1);
  return 0;
}

/** Number of hits among the first `cutoff` ranks. */
function countHits(flags: Uint8Array, cutoff: number): number {
  let hits = 0;
  for (let rank = 0; rank < cutoff; rank++) hits += flags[rank]!;
  return hits;
}

/** DCG@K of binary gains = sum over hit ranks r (from 1) of 1 / log2(r + 1). */
function discountedGain(flags: Uint8Array, cutoff: number): number {
  let gain = 0;
  for (let rank = 0; rank < cutoff; rank++) if (flags[rank] === 1) gain += 1 / Math.log2(rank + 2);
  return gain;
}

/** The DCG of `hits` hits at the first ranks: the most that `hits` hits can reach. */
function idealGain(hits: number): number {
  let gain = 0;
  for (let rank = 0; rank < hits; rank++) gain += 1 / Math.log2(rank + 2);
  return gain;
}
