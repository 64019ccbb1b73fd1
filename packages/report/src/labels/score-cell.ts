import { comparisonOf } from '../summary/significance.js';
import type { Summary, SummaryRow } from '../summary/summary.js';
import type { ReportCell } from '../tables/report-table.js';
import { formatScore, MISSING } from './format-number.js';
import { usualSeeds } from './seeds-caption.js';
import { significanceMark } from './significance-mark.js';

/** A variant's score: mean, marks against plain, ± where there are several seeds, the number of seeds where others have more. */
export function scoreCell(summary: Summary, metric: string, row: SummaryRow, variant: string): ReportCell {
  const cell = row.cells[variant];
  if (!cell) return { text: MISSING };
  const spread = [
    ...(cell.deviation === null ? [] : [`± ${formatScore(cell.deviation)}`]),
    ...(cell.seeds.length < usualSeeds(summary) ? [`(n = ${cell.seeds.length})`] : []),
  ].join(' ');
  const tested = comparisonOf(summary, metric, row, variant);
  return {
    text: formatScore(cell.mean),
    value: cell.mean,
    best: row.best.includes(variant),
    ...(tested ? { marks: significanceMark(tested.adjusted) } : {}),
    ...(spread === '' ? {} : { spread }),
  };
}
