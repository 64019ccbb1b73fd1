import type { ReportCell, ReportTable } from '../tables/report-table.js';
import { escapeHtml } from './markup.js';

export interface HtmlTable {
  /** Safe HTML. */
  readonly caption: string;
  readonly label: string;
  readonly columns: readonly HtmlColumn[];
  readonly groups: readonly HtmlGroup[];
  /** For many columns: moves what follows a number below it. */
  readonly dense?: boolean | undefined;
  /** Whether the page's script lets the reader sort it. */
  readonly sortable?: boolean | undefined;
}

export interface HtmlColumn {
  readonly label: string;
  readonly numeric: boolean;
}

/** Rows under a common heading, such as a dataset. There is no heading row if `heading` is empty. */
export interface HtmlGroup {
  readonly heading: string;
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly (string | HtmlCell)[])[];
}

export interface HtmlCell {
  /** Safe HTML. */
  readonly html: string;
  /** The sort key. */
  readonly value: number | undefined;
}

/** A report's table, sortable, with the datasets as headings of their rows. */
export function reportTableHtml({ title, notes, columns, rows }: ReportTable): string {
  return htmlTable({
    caption: `<strong>${escapeHtml(title)}.</strong> ${notes.map(escapeHtml).join(' ')}`,
    label: title,
    sortable: true,
    dense: columns.length > 7,
    columns,
    groups: groupedBy(rows, ({ dataset }) => dataset).map(({ heading, rows: inside }) => ({
      heading,
      rows: inside.map(({ cells }) => cells.map((cell) => ({ html: reportCellHtml(cell), value: cell.value }))),
    })),
  });
}

function reportCellHtml({ text, marks = '', spread, best = false }: ReportCell): string {
  const mean = best ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
  const raised = marks === '' ? '' : `<span class="marks">${marks}</span>`;
  return `${mean}${raised}${spread === undefined ? '' : ` <span class="sd">${escapeHtml(spread)}</span>`}`;
}

/**
 * A table that scrolls sideways on a narrow screen, also by keyboard. Cells are safe HTML. The visible caption is above the table, so that
 * it does not scroll away; the table's own caption is for screen readers.
 */
export function htmlTable({ caption, label, columns, groups, dense = false, sortable = false }: HtmlTable): string {
  const head = columns.map(
    ({ label: name, numeric }) => `<th scope="col"${numeric ? ' class="n"' : ''}>${escapeHtml(name)}</th>`,
  );
  const bodies = groups.map(({ heading, rows }) => {
    const lines = rows.map((cells) => `<tr>${cells.map((cell, at) => cellHtml(cell, at, columns[at])).join('')}</tr>`);
    return `<tbody>${headingRow(heading, columns.length)}${lines.join('')}</tbody>`;
  });
  const attributes = `${dense ? ' class="dense"' : ''}${sortable ? ' data-sortable=""' : ''}`;
  return `<div class="table"><p class="caption">${caption}</p><div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}"><table${attributes}><caption>${escapeHtml(label)}</caption><thead><tr>${head.join('')}</tr></thead>${bodies.join('')}</table></div></div>`;
}

function headingRow(heading: string, width: number): string {
  if (heading === '') return '';
  return `<tr class="group"><th scope="rowgroup" colspan="${width}"><span>${escapeHtml(heading)}</span></th></tr>`;
}

function cellHtml(cell: string | HtmlCell, at: number, column: HtmlColumn | undefined): string {
  const { html, value } = typeof cell === 'string' ? { html: cell, value: undefined } : cell;
  if (at === 0) return `<th scope="row">${html}</th>`;
  const sortedBy = value === undefined ? '' : ` data-value="${value}"`;
  return `<td${column?.numeric ? ' class="n"' : ''}${sortedBy}>${html}</td>`;
}

/** Splits rows that are sorted by a heading into groups. */
export function groupedBy<T>(rows: readonly T[], heading: (row: T) => string): { heading: string; rows: T[] }[] {
  const groups: { heading: string; rows: T[] }[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.heading === heading(row)) last.rows.push(row);
    else groups.push({ heading: heading(row), rows: [row] });
  }
  return groups;
}
