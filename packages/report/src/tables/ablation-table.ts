import { formatChange, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import { scoreCell } from '../labels/score-cell.js';
import { isAblation, variantLabel } from '../labels/variant-order.js';
import { percentChange } from '../summary/improvement.js';
import { significanceLegend } from '../summary/significance.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import type { ReportCell, ReportTable } from './report-table.js';

/** CKD without each of its parts, and what that costs against CKD; undefined where no ablation was run. */
export function ablationTable(summary: Summary, metric: string): ReportTable | undefined {
  const ablations = summary.variants.filter(isAblation);
  const rows = (summary.tables[metric] ?? []).filter(({ cells }) => ablations.some((variant) => cells[variant]));
  if (rows.length === 0) return undefined;
  const legend = significanceLegend(summary, metric);
  return {
    title: `Ablations, test ${metricLabel(metric)}`,
    notes: [
      'CKD without one of its parts, and the relative difference to the whole of it: below zero where the part helps.',
      ...(legend === undefined ? [] : [legend]),
    ],
    columns: [
      { label: 'Backbone', numeric: false },
      { label: 'CKD', numeric: true },
      ...ablations.flatMap((variant) => [
        { label: variantLabel(variant).replace(/^CKD, /, ''), numeric: true },
        { label: 'vs CKD', numeric: true },
      ]),
    ],
    rows: rows.map((row) => ({
      dataset: row.dataset,
      cells: [
        { text: row.backbone },
        withoutBold(scoreCell(summary, metric, row, 'ckd')),
        ...ablations.flatMap((variant) => [
          withoutBold(scoreCell(summary, metric, row, variant)),
          differenceCell(row, variant),
        ]),
      ],
    })),
  };
}

/** Bold is for the best of all variants, which may not be in this table. */
function withoutBold(cell: ReportCell): ReportCell {
  return { ...cell, best: false };
}

function differenceCell({ cells: { ckd, ...others } }: SummaryRow, variant: string): ReportCell {
  const other = others[variant];
  const percent = ckd && other ? percentChange(ckd.mean, other.mean) : null;
  return percent === null ? { text: MISSING } : { text: formatChange(percent), value: percent };
}
