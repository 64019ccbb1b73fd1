import { bootstrapIntervals } from '../statistics/bootstrap-intervals.js';
import { holmAdjusted } from '../statistics/holm.js';
import { levelDifferences } from '../statistics/level-differences.js';
import { wilcoxonSignedRank } from '../statistics/wilcoxon-signed-rank.js';
import type { RunGroup } from './group-runs.js';
import { pairedScores } from './paired-scores.js';
import type { VariantComparison } from './variant-comparison.js';

/**
 * Every variant against plain by one metric, in every dataset x backbone that has both: the family of Holm's correction. Those whose
 * runs have no seed in common or have seen different data are left out.
 */
export function compareWithPlain(groups: readonly RunGroup[], metric: string): VariantComparison[] {
  const pairs = groups.flatMap((group) => pairedDifferences(group, metric));
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

interface PairedDifferences extends Pick<VariantComparison, 'dataset' | 'backbone' | 'variant' | 'seeds'> {
  /** Variant - plain, one per user. */
  readonly differences: Float64Array;
}

function pairedDifferences({ dataset, backbone, variants }: RunGroup, metric: string): PairedDifferences[] {
  const plain = variants.get('plain') ?? [];
  return [...variants].flatMap(([variant, runs]) => {
    const scores = variant === 'plain' ? null : pairedScores(plain, runs, metric);
    if (!scores) return [];
    return [
      { dataset, backbone, variant, seeds: scores.seeds, differences: levelDifferences(scores.plain, scores.variant) },
    ];
  });
}
