import { type RunRecord, type Summary, summarize, type VariantComparison } from '../src/index.js';

/** A summary with hand-made comparisons: of each variant with plain, from clear to none. */
export function sampleSummary(records: readonly RunRecord[]): Summary {
  const summary = summarize(records);
  const comparisons = Object.fromEntries(
    summary.metrics.map((metric) => [
      metric,
      summary.tables[metric]!.flatMap(({ dataset, backbone, cells }) =>
        Object.entries(cells).flatMap(([variant, { mean, seeds }], at) =>
          variant === 'plain' || !cells.plain
            ? []
            : [comparison({ dataset, backbone, variant, seeds }, mean - cells.plain.mean, at)],
        ),
      ),
    ]),
  );
  return { ...summary, comparisons };
}

function comparison(
  of: Pick<VariantComparison, 'dataset' | 'backbone' | 'variant' | 'seeds'>,
  difference: number,
  at: number,
): VariantComparison {
  const adjusted = [0.0004, 0.004, 0.03, 0.2, 1][at % 5]!;
  const half = Math.abs(difference) * (adjusted < 0.05 ? 0.6 : 1.7) + 0.001;
  return {
    ...of,
    baseline: 'plain',
    users: 1893,
    difference,
    interval: [difference - half, difference + half],
    test: 'Wilcoxon signed-rank',
    p: adjusted / 4,
    adjusted,
    effectSize: Math.max(-1, Math.min(1, difference * 8)),
    wins: 420,
    ties: 1100,
    losses: 373,
  };
}
