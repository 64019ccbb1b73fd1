/** The rows of a tab-separated table in which a field that holds a tab, a quote or a line break is in quotes, and quotes in it doubled. */
export function parseQuotedTable(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/y;
  const rows: string[][] = [];
  let row: string[] = [];
  for (field.lastIndex = text.startsWith('\uFEFF') ? 1 : 0; field.lastIndex < text.length; ) {
    const [, quoted, plain = '', end] = field.exec(text) ?? [undefined, undefined, text, undefined];
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\t') continue;
    rows.push(row);
    row = [];
    // A quote that never closes matches nothing: the rest is taken as one field, which whoever reads it refuses.
    if (end === undefined) break;
  }
  return rows;
}
