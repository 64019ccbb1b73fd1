import { normalCdf } from './normal-distribution.js';
import type { SignedRanks } from './signed-ranks.js';

/**
 * Two-sided p of Wilcoxon's signed-rank test by the normal approximation, with continuity correction as R's `wilcox.test`:
 * z = (|V - m| - 1/2) / s, m half the sum of the ranks, s^2 = sum rank^2 / 4. With shared ranks that s^2 is
 * n(n+1)(2n+1)/24 - sum (t^3 - t)/48 over groups of t equal ranks, the usual correction for ties.
 */
export function normalP({ ranks, positive, negative }: SignedRanks): number {
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  const distance = Math.max(0, Math.abs(positive - negative) / 2 - 0.5);
  return 2 * normalCdf(-distance / Math.sqrt(variance));
}
