import type { ReportCell, ReportTable } from '../tables/report-table.js';
import { escapeMarkdown } from './escape-markdown.js';

/** A report's table as Markdown, the dataset in a column of its own, the notes below. */
export function markdownReportTable({ columns, rows, notes }: ReportTable): string {
  const table = markdownTable(
    ['Dataset', ...columns.map(({ label }) => escapeMarkdown(label))],
    [false, ...columns.map(({ numeric }) => numeric)],
    rows.map(({ dataset, cells }) => [escapeMarkdown(dataset), ...cells.map(cell)]),
  );
  return `${table}\n\n${notes.map(escapeMarkdown).join(' ')}`;
}

/** A table of cells that are Markdown already. */
export function markdownTable(
  header: readonly string[],
  rightAligned: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(rightAligned.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

function cell({ text, marks = '', spread, best = false }: ReportCell): string {
  const full = `${escapeMarkdown(text)}${escapeMarkdown(marks)}${spread === undefined ? '' : ` ${escapeMarkdown(spread)}`}`;
  return best ? `**${full}**` : full;
}
