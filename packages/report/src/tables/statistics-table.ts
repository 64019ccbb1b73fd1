import { formatCount, formatDifference, formatP } from '../labels/format-number.js';
import { metricLabel, variantLabel } from '../labels/names.js';
import { significanceMark } from '../statistics/significance.js';
import type { Summary } from '../summary/summary.js';
import type { ReportTable } from './report-table.js';

/** How certain the differences from plain are, one row per dataset x backbone x variant; undefined if none was tested. */
export function statisticsTable(
  summary: Summary,
  metric: string,
  isWanted: (variant: string) => boolean = () => true,
): ReportTable | undefined {
  const legend = significanceLegend(summary, metric);
  const rows = (summary.comparisons[metric] ?? []).filter(({ variant }) => isWanted(variant));
  if (legend === undefined || rows.length === 0) return undefined;
  const numeric = (label: string) => ({ label, numeric: true });
  return {
    title: `Against plain, test ${metricLabel(metric)}`,
    notes: [
      'Difference: mean over users of variant − plain, with its 95% bootstrap interval. Effect size: matched-pairs rank-biserial correlation, from −1 to 1. Better, level, worse: users.',
      legend,
    ],
    columns: [
      { label: 'Backbone', numeric: false },
      { label: 'Variant', numeric: false },
      ...['Difference', '95% interval', 'p', 'Adjusted p', 'Effect size', 'Better', 'Level', 'Worse'].map(numeric),
    ],
    rows: rows.map((one) => ({
      dataset: one.dataset,
      cells: [
        { text: one.backbone },
        { text: variantLabel(one.variant) },
        { text: formatDifference(one.difference), value: one.difference },
        {
          text: `${formatDifference(one.interval[0])} to ${formatDifference(one.interval[1])}`,
          value: one.interval[0],
        },
        { text: formatP(one.p), value: one.p },
        { text: formatP(one.adjusted), value: one.adjusted, marks: significanceMark(one.adjusted) },
        { text: formatDifference(one.effectSize, 2), value: one.effectSize },
        ...[one.wins, one.ties, one.losses].map((users) => ({ text: formatCount(users), value: users })),
      ],
    })),
  };
}

/** What the marks in a metric's tables mean; undefined if nothing was tested. */
export function significanceLegend({ comparisons }: Summary, metric: string): string | undefined {
  const tested = comparisons[metric] ?? [];
  if (tested.length === 0) return undefined;
  const family = tested.length === 1 ? 'one comparison' : `the ${tested.length} comparisons`;
  return `Marks *, **, ***: differs from plain with p < .05, .01, .001 (two-sided ${tested[0]!.test} test, paired over users; p adjusted by Holm’s method over ${family} of this metric).`;
}
