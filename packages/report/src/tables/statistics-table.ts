import { formatCount, formatDifference, formatP } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import { significanceMark } from '../labels/significance-mark.js';
import { variantLabel } from '../labels/variant-order.js';
import { significanceLegend } from '../summary/significance.js';
import type { Summary } from '../summary/summary.js';
import type { ReportTable } from './report-table.js';

/** How sure the differences from plain are, one row per dataset x backbone x variant; undefined where none of these was tested. */
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
