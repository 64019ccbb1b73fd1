import type { ReportCell, ReportTable } from '../tables/report-table.js';
import { escapeHtml } from './escape-html.js';
import { groupedBy, htmlTable } from './html-table.js';

/** A report's table, sortable, its datasets as headings of their rows. */
export function reportTableHtml({ title, notes, columns, rows }: ReportTable): string {
  return htmlTable({
    caption: `<strong>${escapeHtml(title)}.</strong> ${notes.map(escapeHtml).join(' ')}`,
    label: title,
    sortable: true,
    dense: columns.length > 7,
    columns,
    groups: groupedBy(rows, ({ dataset }) => dataset).map(({ heading, rows: inside }) => ({
      heading,
      rows: inside.map(({ cells }) => cells.map((cell) => ({ html: cellHtml(cell), value: cell.value }))),
    })),
  });
}

function cellHtml({ text, marks = '', spread, best = false }: ReportCell): string {
  const mean = best ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
  const raised = marks === '' ? '' : `<span class="marks">${marks}</span>`;
  return `${mean}${raised}${spread === undefined ? '' : ` <span class="sd">${escapeHtml(spread)}</span>`}`;
}
