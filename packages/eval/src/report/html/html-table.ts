import { escapeHtml } from './escape-html.js';

export interface HtmlTable {
  /** Safe HTML. */
  readonly caption: string;
  readonly label: string;
  readonly columns: readonly HtmlColumn[];
  readonly groups: readonly HtmlGroup[];
  /** For many columns: what is said beside a number moves below it. */
  readonly dense?: boolean;
}

export interface HtmlColumn {
  readonly label: string;
  readonly numeric: boolean;
}

/** Rows under a common heading, such as a dataset; without one where `heading` is empty. */
export interface HtmlGroup {
  readonly heading: string;
  /** Cells as safe HTML; the first heads its row. */
  readonly rows: readonly (readonly string[])[];
}

/** A table that scrolls sideways within itself where the screen is narrow, and can be scrolled by keyboard. */
export function htmlTable({ caption, label, columns, groups, dense = false }: HtmlTable): string {
  const head = columns.map(
    ({ label: name, numeric }) => `<th scope="col"${numeric ? ' class="n"' : ''}>${escapeHtml(name)}</th>`,
  );
  const bodies = groups.map(({ heading, rows }) => {
    const title =
      heading === ''
        ? ''
        : `<tr class="group"><th scope="rowgroup" colspan="${columns.length}"><span>${escapeHtml(heading)}</span></th></tr>`;
    const lines = rows.map((cells) => {
      const [first = '', ...rest] = cells;
      const values = rest.map((cell, at) => `<td${columns[at + 1]?.numeric ? ' class="n"' : ''}>${cell}</td>`);
      return `<tr><th scope="row">${first}</th>${values.join('')}</tr>`;
    });
    return `<tbody>${title}${lines.join('')}</tbody>`;
  });
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}"><table${dense ? ' class="dense"' : ''}><caption><span>${caption}</span></caption><thead><tr>${head.join('')}</tr></thead>${bodies.join('')}</table></div>`;
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
