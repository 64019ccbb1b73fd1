import { formatChange, formatScore } from '../labels/format-number.js';
import { metricLabel, moreIsBetter } from '../labels/metric-label.js';

/** What distillation changed in one dataset x backbone, by one metric. */
export interface Improvement {
  /** (ckd - plain) / plain of the means over seeds, in percent; null where plain is 0. */
  readonly percent: number | null;
  readonly plain: number;
  readonly ckd: number;
  readonly plainSeeds: number;
  readonly ckdSeeds: number;
  /** The same for each seed that both were run with. */
  readonly perSeed: readonly SeedImprovement[];
}

/** CKD's score beside plain's, of one seed; `percent` is null where plain's is 0. */
export interface SeedImprovement {
  readonly seed: number;
  readonly plain: number;
  readonly ckd: number;
  readonly percent: number | null;
}

/** (to - from) / from in percent, or null where `from` is 0 and there is nothing to be relative to. */
export function percentChange(from: number, to: number): number | null {
  return from === 0 ? null : ((to - from) / from) * 100;
}

/** The finding in words: `+7.7% Recall@20 with CKD (0.3522 → 0.3794, 3 seeds)`. */
export function describeImprovement(improvement: Improvement, metric: string): string {
  const { percent, plain, ckd } = improvement;
  const evidence = `${formatScore(plain)} → ${formatScore(ckd)}, ${seedsInWords(improvement)}`;
  if (percent === null) return `${metricLabel(metric)} with CKD: ${evidence}`;
  return `${formatChange(percent)} ${metricLabel(metric)} with CKD (${evidence})`;
}

/** Says plainly where distillation does not help; undefined where it does, or where the metric has no better side. */
export function describeLoss({ percent, plain, ckd }: Improvement, metric: string): string | undefined {
  if (!moreIsBetter(metric)) return undefined;
  if (percent === null) return ckd < plain ? 'CKD is below plain here.' : undefined;
  const change = formatChange(percent);
  if (change === '0.0%') return 'CKD and plain are level here.';
  return percent < 0 ? `CKD is ${change.slice(1)} below plain here.` : undefined;
}

/** How often the sign of the mean holds within a seed: `CKD ahead in 3 of 3 seeds`; undefined with fewer than two pairs. */
export function describeAgreement({ perSeed }: Improvement, metric: string): string | undefined {
  if (perSeed.length < 2 || !moreIsBetter(metric)) return undefined;
  const ahead = perSeed.filter(({ plain, ckd }) => ckd > plain).length;
  return `CKD ahead in ${ahead} of ${perSeed.length} seeds`;
}

function seedsInWords({ plainSeeds, ckdSeeds }: Improvement): string {
  if (plainSeeds !== ckdSeeds) return `${plainSeeds} and ${ckdSeeds} seeds`;
  return plainSeeds === 1 ? '1 seed' : `${plainSeeds} seeds`;
}
