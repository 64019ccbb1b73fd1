import { escapeHtml } from './escape-html.js';

export interface HtmlTable {
  /** Safe HTML. */
  readonly caption: string;
  readonly label: string;
  readonly columns: readonly HtmlColumn[];
  readonly groups: readonly HtmlGroup[];
  /** For many columns: what is said beside a number moves below it. */
  readonly dense?: boolean;
  /** Whether the page's script lets the reader sort it. */
  readonly sortable?: boolean;
}

export interface HtmlColumn {
  readonly label: string;
  readonly numeric: boolean;
}

/** Rows under a common heading, such as a dataset; without one where `heading` is empty. */
export interface HtmlGroup {
  readonly heading: string;
  /** The first cell heads its row. */
  readonly rows: readonly (readonly (string | HtmlCell)[])[];
}

export interface HtmlCell {
  /** Safe HTML. */
  readonly html: string;
  /** What to sort by. */
  readonly value: number | undefined;
}

/**
 * A table that scrolls sideways within itself where the screen is narrow, and can be scrolled by keyboard. Cells are safe HTML.
 * What is said about it stands above, where it does not scroll away; its own caption is for screen readers.
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
