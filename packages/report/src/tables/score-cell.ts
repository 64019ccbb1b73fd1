import { formatScore, MISSING } from '../labels/format-number.js';
import { significanceMark } from '../statistics/significance.js';
import { comparisonOf, type Summary, type SummaryRow } from '../summary/summary.js';
import type { ReportCell } from './report-table.js';

/**
 * A variant's score: the mean, its marks against plain, the deviation where there are several seeds, and the number of seeds where other
 * cells have more.
 */
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
    marks: tested && significanceMark(tested.adjusted),
    spread: spread === '' ? undefined : spread,
  };
}

/** What a score is: `mean ± sample standard deviation over 3 seeds (1, 2, 3)`. */
export function seedsCaption({ seeds, tables, metrics }: Summary): string {
  const counts = new Set<number>();
  for (const metric of metrics) {
    for (const row of tables[metric] ?? []) for (const cell of Object.values(row.cells)) counts.add(cell.seeds.length);
  }
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return seeds.length === 1 ? `one seed (${seeds[0]})` : 'one seed per cell';
  const range = fewest === most ? `${most}` : `${fewest} to ${most}`;
  return `mean ± sample standard deviation over ${range} seeds (${seeds.join(', ')})`;
}

/** What the marks in a metric's tables mean; undefined where nothing was tested. */
export function significanceLegend({ comparisons }: Summary, metric: string): string | undefined {
  const tested = comparisons[metric] ?? [];
  if (tested.length === 0) return undefined;
  const family = tested.length === 1 ? 'one comparison' : `the ${tested.length} comparisons`;
  return `Marks *, **, ***: differs from plain with p < .05, .01, .001 (two-sided ${tested[0]!.test} test, paired over users; p adjusted by Holm’s method over ${family} of this metric).`;
}

/** The largest number of seeds of any cell. Cells with fewer say so. */
function usualSeeds({ tables, metric }: Summary): number {
  const rows = tables[metric] ?? [];
  return Math.max(0, ...rows.flatMap((row) => Object.values(row.cells).map((cell) => cell.seeds.length)));
}
