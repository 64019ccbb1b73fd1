/**
 * Formats a field of a tab-separated table. One with a tab, quote or line break is put in double quotes, with quotes doubled.
 */
export function quotedField(value: string | number): string {
  const text = String(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The fields of a row, and the number of lines it takes. */
export interface QuotedRow {
  readonly cells: readonly string[];
  readonly lines: number;
  /** Whether a field starts with a quote that is an ordinary character. */
  readonly isLoose: boolean;
}

/**
 * Parses the first row of a text whose quoted fields may contain delimiters and line breaks. A field that starts with a quote
 * ends at the next quote that is not doubled, provided that a delimiter or a line end follows. Otherwise its quotes are ordinary
 * characters.
 * Returns undefined if a quote is still open at the end of the text.
 */
export function quotedRow(text: string, delimiter = '\t'): QuotedRow | undefined {
  const cells: string[] = [];
  let isLoose = false;
  for (let at = 0; ; at += delimiter.length) {
    const isQuoted = text[at] === '"';
    const field = isQuoted ? quotedFieldAt(text, at, delimiter) : plainFieldAt(text, at, delimiter);
    if (field === undefined) return undefined;
    cells.push(field.value);
    isLoose ||= isQuoted && !field.isQuoted;
    at = field.end;
    if (!text.startsWith(delimiter, at)) return { cells, lines: text.slice(0, at).split('\n').length, isLoose };
  }
}

/** The fields of a line, each ending at the next tab. A field that is quoted as a whole loses its quotes. */
export function plainRow(line: string): QuotedRow {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return { cells: text.split('\t').map((cell) => quotedRow(cell)?.cells[0] ?? cell), lines: 1, isLoose: false };
}

/** The position of the first quote that is not doubled; negative if there is none. */
export function closingQuote(text: string, start = 0): number {
  let close = text.indexOf('"', start);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

interface Field {
  readonly value: string;
  /** The position of the delimiter or line end after the field. */
  readonly end: number;
  readonly isQuoted: boolean;
}

function quotedFieldAt(text: string, start: number, delimiter: string): Field | undefined {
  const close = closingQuote(text, start + 1);
  if (close < 0) return undefined;
  const end = close + 1;
  if (!text.startsWith(delimiter, end) && !/^\r?(?:\n|$)/.test(text.slice(end, end + 2))) {
    return plainFieldAt(text, start, delimiter);
  }
  return { value: text.slice(start + 1, close).replaceAll('""', '"'), end, isQuoted: true };
}

function plainFieldAt(text: string, start: number, delimiter: string): Field {
  const lineEnd = positionOf(text, '\n', start);
  const end = Math.min(lineEnd, positionOf(text, delimiter, start));
  const isCrlf = end === lineEnd && text[end - 1] === '\r' && end > start;
  return { value: text.slice(start, isCrlf ? end - 1 : end), end, isQuoted: false };
}

function positionOf(text: string, searched: string, start: number): number {
  const at = text.indexOf(searched, start);
  return at < 0 ? text.length : at;
}
