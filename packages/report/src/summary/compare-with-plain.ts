import { bootstrapIntervals } from '../statistics/bootstrap.js';
import { wilcoxonSignedRank } from '../statistics/signed-rank.js';
import { holmAdjusted } from '../statistics/significance.js';
import type { RunGroup } from './group-runs.js';
import { pairedDifferences } from './paired-differences.js';

/**
 * One variant of a dataset x backbone against the plain model, paired over users. A user's value is the mean over the seeds that both
 * were run with.
 */
export interface VariantComparison {
  readonly dataset: string;
  readonly backbone: string;
  readonly variant: string;
  readonly baseline: 'plain';
  /** Number of paired users. */
  readonly users: number;
  /** The seeds that both were run with. */
  readonly seeds: readonly number[];
  /** Mean over users of variant - plain. */
  readonly difference: number;
  /** 95% bootstrap confidence interval of the difference, over users. */
  readonly interval: readonly [low: number, high: number];
  readonly test: 'Wilcoxon signed-rank';
  /** Two-sided p value of the test itself; 1 where no user differs. */
  readonly p: number;
  /** The p value after Holm's correction. */
  readonly adjusted: number;
  /** Matched-pairs rank-biserial correlation, -1 to 1; positive where the variant is ahead. */
  readonly effectSize: number;
  /** Number of users for whom the variant is better. */
  readonly wins: number;
  /** Number of users for whom the two are level. */
  readonly ties: number;
  /** Number of users for whom the variant is worse. */
  readonly losses: number;
}

/**
 * Compares every variant with plain by one metric, in every dataset x backbone that has both. Together these comparisons are the
 * family of Holm's correction. Variants whose runs share no seed with plain, or used different data, are left out.
 */
export function compareWithPlain(groups: readonly RunGroup[], metric: string): VariantComparison[] {
  const pairs = groups.flatMap(({ dataset, backbone, variants }) => {
    const plain = variants.get('plain') ?? [];
    return [...variants].flatMap(([variant, runs]) => {
      const paired = variant === 'plain' ? null : pairedDifferences(plain, runs, metric);
      return paired ? [{ dataset, backbone, variant, ...paired }] : [];
    });
  });
  const intervals = bootstrapIntervals(pairs.map(({ differences }) => differences));
  const tests = pairs.map(({ differences }) => wilcoxonSignedRank(differences));
  const adjusted = holmAdjusted(tests.map(({ p }) => p));
  return pairs.map(({ differences, ...pair }, at) => ({
    ...pair,
    baseline: 'plain',
    users: differences.length,
    difference: differences.reduce((sum, difference) => sum + difference, 0) / differences.length,
    interval: intervals[at]!,
    test: 'Wilcoxon signed-rank',
    p: tests[at]!.p,
    adjusted: adjusted[at]!,
    effectSize: tests[at]!.effectSize,
    wins: differences.filter((difference) => difference > 0).length,
    ties: differences.filter((difference) => difference === 0).length,
    losses: differences.filter((difference) => difference < 0).length,
  }));
}
