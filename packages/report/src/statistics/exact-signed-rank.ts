import type { SignedRanks } from './signed-ranks.js';

/**
 * Two-sided p of Wilcoxon's signed-rank test from all 2^n equally likely ways to give the ranks a sign. Exact also where ranks are
 * shared, given those ranks: doubled they are integers (Streitberg & Röhmel, 1986), so sums are counted by adding one rank at a time.
 */
export function exactP({ ranks, positive, negative }: SignedRanks): number {
  const doubled = ranks.map((rank) => 2 * rank);
  const probabilities = new Float64Array(2 * (positive + negative) + 1);
  probabilities[0] = 1;
  let reached = 0;
  for (const rank of doubled) {
    reached += rank;
    for (let sum = reached; sum >= 0; sum--) {
      probabilities[sum] = (probabilities[sum]! + (sum >= rank ? probabilities[sum - rank]! : 0)) / 2;
    }
  }
  const tail = probabilities.subarray(0, 2 * Math.min(positive, negative) + 1);
  return Math.min(1, 2 * tail.reduce((sum, probability) => sum + probability, 0));
}
