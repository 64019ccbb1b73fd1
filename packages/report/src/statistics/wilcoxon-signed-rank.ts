import { exactP } from './exact-signed-rank.js';
import { normalP } from './normal-signed-rank.js';
import { signedRanks } from './signed-ranks.js';

/** Up to as many differences other than zero the p value is exact. */
const EXACT_UP_TO = 50;

export interface SignedRankTest {
  /** Two-sided; 1 where every difference is zero. */
  readonly p: number;
  /**
   * Matched-pairs rank-biserial correlation (R+ - R-) / (R+ + R-), the share of the ranks that speaks for a positive difference less
   * the share against (Kerby, 2014); 0 where every difference is zero.
   */
  readonly effectSize: number;
}

/**
 * Wilcoxon's signed-rank test (1945) that paired differences are symmetric about zero. Zeros are dropped; equal sizes share a rank.
 *
 * Not `@stdlib/stats-wilcoxon`: it brings 240 packages, and its p values below 1e-16 are zero. The normal distribution, the part
 * that is easy to get wrong, is the library cephes's.
 */
export function wilcoxonSignedRank(differences: Float64Array): SignedRankTest {
  const signed = signedRanks(differences);
  if (signed.ranks.length === 0) return { p: 1, effectSize: 0 };
  const p = signed.ranks.length <= EXACT_UP_TO ? exactP(signed) : normalP(signed);
  return { p, effectSize: (signed.positive - signed.negative) / (signed.positive + signed.negative) };
}
