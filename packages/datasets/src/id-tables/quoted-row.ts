/**
 * Formats a field of a tab-separated table. One with a tab, quote or line break is put in double quotes, with quotes doubled.
 */
export function quotedField(value: string | number): string {
  const text = String(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The fields of a row, and the number of lines it takes. */
export interface Row {
  readonly cells: readonly string[];
  readonly lines: number;
}

/**
 * Parses the first row of a text whose quoted fields may contain tabs and line breaks. A field that starts with a quote ends at
 * the next quote that is not doubled, provided that a tab or a line end follows. Otherwise its quotes are ordinary characters.
 * Returns undefined if a quote is still open at the end of the text.
 */
export function quotedRow(text: string): Row | undefined {
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const field = text[at] === '"' ? quotedFieldAt(text, at) : plainFieldAt(text, at);
    if (field === undefined) return undefined;
    cells.push(field.value);
    at = field.end;
    if (text[at] !== '\t') return { cells, lines: text.slice(0, at).split('\n').length };
  }
}

/** The fields of a line, each ending at the next tab. A field that is quoted as a whole loses its quotes. */
export function plainRow(line: string): Row {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return { cells: text.split('\t').map((cell) => quotedRow(cell)?.cells[0] ?? cell), lines: 1 };
}

/** The position of the first quote that is not doubled; negative if there is none. */
export function closingQuote(text: string, start = 0): number {
  let close = text.indexOf('"', start);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

interface Field {
  readonly value: string;
  /** The position of the tab or line end after the field. */
  readonly end: number;
}

function quotedFieldAt(text: string, start: number): Field | undefined {
  const close = closingQuote(text, start + 1);
  if (close < 0) return undefined;
  const end = close + 1;
  if (!/^(?:\t|\r?\n|\r?$)/.test(text.slice(end, end + 2))) return plainFieldAt(text, start);
  return { value: text.slice(start + 1, close).replaceAll('""', '"'), end };
}

function plainFieldAt(text: string, start: number): Field {
  let end = start;
  while (end < text.length && text[end] !== '\t' && text[end] !== '\n') end++;
  const isCrlf = text[end] !== '\t' && text[end - 1] === '\r' && end > start;
  return { value: text.slice(start, isCrlf ? end - 1 : end), end };
}
