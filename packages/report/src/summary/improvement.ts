import { formatChange, formatScore } from '../labels/format-number.js';
import { metricLabel, moreIsBetter } from '../labels/names.js';

/** What distillation changed for one dataset x backbone, by one metric. */
export interface Improvement {
  /** (ckd - plain) / plain of the means over seeds, in percent. Null if plain is 0. */
  readonly percent: number | null;
  readonly plain: number;
  readonly ckd: number;
  readonly plainSeeds: number;
  readonly ckdSeeds: number;
  /** The same for each seed that both variants were run with. */
  readonly perSeed: readonly SeedImprovement[];
}

/** The scores of plain and CKD for one seed. `percent` is null if plain's score is 0. */
export interface SeedImprovement {
  readonly seed: number;
  readonly plain: number;
  readonly ckd: number;
  readonly percent: number | null;
}

/** The scores of one variant, over its seeds. */
interface Scores {
  readonly mean: number;
  readonly seeds: readonly number[];
  /** One value per seed. */
  readonly values: readonly number[];
}

/** What CKD changes compared with plain, on the means and for each seed that both have. */
export function improvementOf(plain: Scores, ckd: Scores): Improvement {
  const perSeed = plain.seeds.flatMap((seed, at) => {
    const other = ckd.seeds.indexOf(seed);
    if (other < 0) return [];
    const pair = { plain: plain.values[at]!, ckd: ckd.values[other]! };
    return [{ seed, ...pair, percent: percentChange(pair.plain, pair.ckd) }];
  });
  return {
    percent: percentChange(plain.mean, ckd.mean),
    plain: plain.mean,
    ckd: ckd.mean,
    plainSeeds: plain.seeds.length,
    ckdSeeds: ckd.seeds.length,
    perSeed,
  };
}

/** (to - from) / from in percent. Null if `from` is 0. */
export function percentChange(from: number, to: number): number | null {
  return from === 0 ? null : ((to - from) / from) * 100;
}

/** Says what CKD changed: `+7.7% Recall@20 with CKD (0.3522 → 0.3794, 3 seeds)`. */
export function describeImprovement(improvement: Improvement, metric: string): string {
  const { percent, plain, ckd } = improvement;
  const evidence = `${formatScore(plain)} → ${formatScore(ckd)}, ${seedsInWords(improvement)}`;
  if (percent === null) return `${metricLabel(metric)} with CKD: ${evidence}`;
  return `${formatChange(percent)} ${metricLabel(metric)} with CKD (${evidence})`;
}

/** Says plainly that distillation does not help. Undefined if it does, or if neither direction of the metric is better. */
export function describeLoss({ percent, plain, ckd }: Improvement, metric: string): string | undefined {
  if (!moreIsBetter(metric)) return undefined;
  if (percent === null) return ckd < plain ? 'CKD is below plain here.' : undefined;
  const change = formatChange(percent);
  if (change === '0.0%') return 'CKD and plain are level here.';
  return percent < 0 ? `CKD is ${change.slice(1)} below plain here.` : undefined;
}

/**
 * Says in how many seeds CKD is ahead: `CKD ahead in 3 of 3 seeds`. Undefined with fewer than two pairs, or if neither direction of the
 * metric is better.
 */
export function describeAgreement({ perSeed }: Improvement, metric: string): string | undefined {
  if (perSeed.length < 2 || !moreIsBetter(metric)) return undefined;
  const ahead = perSeed.filter(({ plain, ckd }) => ckd > plain).length;
  return `CKD ahead in ${ahead} of ${perSeed.length} seeds`;
}

function seedsInWords({ plainSeeds, ckdSeeds }: Improvement): string {
  if (plainSeeds !== ckdSeeds) return `${plainSeeds} and ${ckdSeeds} seeds`;
  return plainSeeds === 1 ? '1 seed' : `${plainSeeds} seeds`;
}
