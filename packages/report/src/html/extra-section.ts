import type { ExtraTable } from '../tables/extra-table.js';
import { escapeHtml } from './escape-html.js';
import { htmlTable } from './html-table.js';

/** A table that the report's caller computed. */
export function extraSection({ title, text, columns, rows }: ExtraTable, at: number): string {
  const numeric = columns.map((_, column) => rows.every((row) => /^[\s\d.,+−–%<>=~-]*$/.test(row[column] ?? '')));
  const table = htmlTable({
    caption: text === undefined ? escapeHtml(title) : escapeHtml(text),
    label: title,
    columns: columns.map((label, column) => ({ label, numeric: column > 0 && numeric[column] === true })),
    groups: [{ heading: '', rows: rows.map((row) => row.map(escapeHtml)) }],
  });
  return `<section id="extra-${at}" aria-labelledby="extra-${at}-title"><h2 id="extra-${at}-title">${escapeHtml(title)}</h2>${table}</section>`;
}
