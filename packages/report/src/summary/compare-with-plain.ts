import { decodeScores, type RunRecord } from '../records/run-record.js';
import { bootstrapIntervals } from '../statistics/bootstrap.js';
import { wilcoxonSignedRank } from '../statistics/signed-rank.js';
import { holmAdjusted } from '../statistics/significance.js';
import type { RunGroup } from './group-runs.js';

/**
 * One variant of a dataset x backbone compared with the plain model, paired over users. A user's value is the mean over the seeds that
 * both were run with.
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
  /** Two-sided p value of the test itself; 1 if no user differs. */
  readonly p: number;
  /** The p value after Holm's correction. */
  readonly adjusted: number;
  /** Matched-pairs rank-biserial correlation, -1 to 1; positive if the variant is ahead. */
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
 * family of Holm's correction. Variants whose runs share no seed with plain, or used different data, are skipped.
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

/** How the same users' scores differ between two variants. */
interface PairedDifferences {
  /** The seeds that both variants were run with. */
  readonly seeds: readonly number[];
  /** Variant - plain of each user's mean over these seeds. */
  readonly differences: Float64Array;
}

/** Pairs the users of two variants' runs; null if no seed was measured in both, or the runs used different data. */
function pairedDifferences(
  plain: readonly RunRecord[],
  variant: readonly RunRecord[],
  metric: string,
): PairedDifferences | null {
  const measured = (run: RunRecord) => run.users.values[metric] !== undefined;
  const pairs = plain.filter(measured).flatMap((left) => {
    const right = variant.find((run) => run.seed === left.seed && measured(run));
    return right ? [{ left, right }] : [];
  });
  const runs = pairs.flatMap(({ left, right }) => [left, right]);
  const sameUsers = runs.every(
    ({ dataset, users }) => dataset.hash === runs[0]!.dataset.hash && users.count === runs[0]!.users.count,
  );
  if (!sameUsers || !runs[0]?.users.count) return null;
  const from = meanOverSeeds(
    pairs.map(({ left }) => left),
    metric,
  );
  const to = meanOverSeeds(
    pairs.map(({ right }) => right),
    metric,
  );
  return { seeds: pairs.map(({ left }) => left.seed), differences: roundedDifferences(from, to) };
}

function meanOverSeeds(runs: readonly RunRecord[], metric: string): Float64Array {
  const sums = new Float64Array(runs[0]!.users.count);
  for (const run of runs) {
    const scores = decodeScores(run.users.values[metric]!);
    for (let user = 0; user < sums.length; user++) sums[user]! += scores[user]!;
  }
  return sums.map((sum) => sum / runs.length);
}

/** Differences smaller than the largest score divided by this are rounding errors of the float32 scores. */
const STEPS = 2 ** 20;

/**
 * `to` - `from` of each pair, rounded to a power of two that is about a millionth of the largest score. Scores are stored as float32, in
 * which (1/3 + 2/3) / 2 and (0 + 1) / 2 differ; such a pair must count as level, and equal differences must come out equal. Because the
 * step is a power of two, sums of the differences are exact, and no result depends on the order of the pairs.
 */
function roundedDifferences(from: Float64Array, to: Float64Array): Float64Array {
  let largest = 0;
  for (let at = 0; at < from.length; at++) largest = Math.max(largest, Math.abs(from[at]!), Math.abs(to[at]!));
  if (largest === 0) return new Float64Array(from.length);
  const step = 2 ** Math.ceil(Math.log2(largest)) / STEPS;
  return from.map((score, at) => {
    const difference = to[at]! - score;
    // Halves are rounded away from zero on both sides, so that exchanging the two sides gives exactly the opposite.
    return Math.sign(difference) * Math.round(Math.abs(difference) / step) * step;
  });
}
