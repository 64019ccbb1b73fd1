import { backboneLabel, floorOf } from '../labels/floor.js';
import { formatChange, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import { scoreCell } from '../labels/score-cell.js';
import { seedsCaption } from '../labels/seeds-caption.js';
import { significanceLegend } from '../summary/significance.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import { type SummaryColumn, summaryColumns } from '../summary/summary-columns.js';
import type { ReportCell, ReportTable } from './report-table.js';

/** Dataset x backbone by variant, as Table 2 of the CKD paper; floors have their one value in the first column. */
export function mainTable(summary: Summary, metric: string): ReportTable {
  const columns = summaryColumns(summary);
  const legend = significanceLegend(summary, metric);
  return {
    title: `Test ${metricLabel(metric)}`,
    notes: [
      `${sentence(seedsCaption(summary))} The best of each row is in bold; ${MISSING} means no run.`,
      ...(legend === undefined ? [] : [legend]),
    ],
    columns: [{ label: 'Backbone', numeric: false }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: (summary.tables[metric] ?? []).map((row) => ({
      dataset: row.dataset,
      cells: [
        { text: backboneLabel(row.backbone) },
        ...columns.map((column, at) => cellOf(summary, metric, row, column, at)),
      ],
    })),
  };
}

function cellOf(summary: Summary, metric: string, row: SummaryRow, column: SummaryColumn, at: number): ReportCell {
  const floor = floorOf(row.backbone);
  if (floor && row.cells[floor.variant])
    return at === 0 ? scoreCell(summary, metric, row, floor.variant) : { text: '' };
  if (column.kind === 'variant') return scoreCell(summary, metric, row, column.variant);
  const percent = row.improvement?.percent;
  return percent == null ? { text: MISSING } : { text: formatChange(percent), value: percent };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
