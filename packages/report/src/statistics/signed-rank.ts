import { normalCdf } from './normal-distribution.js';

/** The p value is exact for up to this many nonzero differences. */
const EXACT_UP_TO = 50;

/** The result of {@link wilcoxonSignedRank}. */
export interface SignedRankTest {
  /** Two-sided; 1 if every difference is zero. */
  readonly p: number;
  /**
   * Matched-pairs rank-biserial correlation (R+ - R-) / (R+ + R-): the share of the ranks in favour of a positive difference minus the
   * share against it (Kerby, 2014). 0 if every difference is zero.
   */
  readonly effectSize: number;
}

/**
 * Wilcoxon's signed-rank test (1945) of whether paired differences are symmetric about zero. Zeros are dropped; equal sizes share a
 * rank.
 *
 * `@stdlib/stats-wilcoxon` is not an alternative: it brings 240 packages, and its p values below 1e-16 are zero. The normal
 * distribution, the part that is easy to get wrong, comes from the library cephes.
 */
export function wilcoxonSignedRank(differences: Float64Array): SignedRankTest {
  const signed = signedRanks(differences);
  if (signed.ranks.length === 0) return { p: 1, effectSize: 0 };
  const p = signed.ranks.length <= EXACT_UP_TO ? exactP(signed) : normalP(signed);
  return { p, effectSize: (signed.positive - signed.negative) / (signed.positive + signed.negative) };
}

/** The ranks of paired differences by size, summed by sign. */
export interface SignedRanks {
  /** The ranks of the nonzero differences by size, ascending. Equal sizes share the mean of their ranks. */
  readonly ranks: Float64Array;
  /** Sum of the ranks of positive differences: the statistic V (or W+) of Wilcoxon's test. */
  readonly positive: number;
  /** Sum of the ranks of negative differences. */
  readonly negative: number;
}

/** Ranks differences by their size. Zeros are dropped first, as in Wilcoxon (1945). */
export function signedRanks(differences: Float64Array): SignedRanks {
  // Two plain sorts, of all sizes and of the positive differences, are many times faster than sorting pairs of size and sign.
  const sizes = differences
    .filter((difference) => difference !== 0)
    .map(Math.abs)
    .sort();
  const positives = differences.filter((difference) => difference > 0).sort();
  const ranks = new Float64Array(sizes.length);
  let positive = 0;
  let seen = 0;
  for (let start = 0, end = 0; start < sizes.length; start = end) {
    while (end < sizes.length && sizes[end] === sizes[start]) end++;
    const rank = (start + 1 + end) / 2;
    ranks.fill(rank, start, end);
    for (; positives[seen] === sizes[start]; seen++) positive += rank;
  }
  return { ranks, positive, negative: (ranks.length * (ranks.length + 1)) / 2 - positive };
}

/**
 * Two-sided p by the normal approximation, with continuity correction as in R's `wilcox.test`: z = (|V - m| - 1/2) / s, where m is
 * half the sum of the ranks and s^2 = sum rank^2 / 4. With shared ranks that s^2 is n(n+1)(2n+1)/24 - sum (t^3 - t)/48 over groups of
 * t equal ranks, the usual correction for ties.
 */
export function normalP({ ranks, positive, negative }: SignedRanks): number {
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  const distance = Math.max(0, Math.abs(positive - negative) / 2 - 0.5);
  return 2 * normalCdf(-distance / Math.sqrt(variance));
}

/**
 * Two-sided p from all 2^n equally likely ways to give the ranks a sign. It is exact for shared ranks too, given those ranks: doubled
 * ranks are integers (Streitberg & Röhmel, 1986), so the possible sums are counted by adding one rank at a time.
 */
function exactP({ ranks, positive, negative }: SignedRanks): number {
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
