import stringWidth from 'string-width';
import { type RunColumn, runColumns } from './run-columns.js';
import type { RunProgress } from './run-progress.js';
import { pad, shortenEnd, shortenMiddle } from './text-width.js';

const GAP = '  ';

/**
 * The runs as lines of at most `width` columns, under a header. The least important columns are left out where they do not fit, and
 * names are shortened.
 */
export function runTable(runs: readonly RunProgress[], width: number): string[] {
  const longest = runs.reduce((most, { label }) => Math.max(most, stringWidth(label)), 'run'.length);
  const leastName = Math.min(longest, Math.max(14, Math.min(28, Math.floor(width * 0.35))));
  const columns = fitting(
    runColumns.map((column) => measured(column, runs)),
    width - leastName,
  );
  const others = columns.reduce((sum, column) => sum + GAP.length + column.width, 0);
  const nameWidth = Math.max(0, Math.min(longest, width - others));
  const row = (name: string, cell: (column: RunColumn) => string) =>
    [pad(shortenMiddle(name, nameWidth), nameWidth), ...columns.map((c) => pad(cell(c), c.width, c.align))]
      .join(GAP)
      .trimEnd();
  return [row('run', ({ header }) => header), ...runs.map((run) => row(run.label, (column) => column.cell(run)))].map(
    (line) => shortenEnd(line, width),
  );
}

/** The column, as wide as its cells. */
function measured(column: RunColumn, runs: readonly RunProgress[]): RunColumn {
  const cells = [column.header, ...runs.map((run) => column.cell(run))];
  return { ...column, width: cells.reduce((most, cell) => Math.max(most, stringWidth(cell)), column.width) };
}

/** The most important columns that fit beside each other, in their own order. */
function fitting(columns: readonly RunColumn[], width: number): RunColumn[] {
  const chosen = new Set<RunColumn>();
  let left = width;
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    left -= GAP.length + column.width;
    if (left < 0) break;
    chosen.add(column);
  }
  return columns.filter((column) => chosen.has(column));
}
