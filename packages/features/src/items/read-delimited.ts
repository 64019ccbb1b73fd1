import { QuotedTableReader, quote, type TableRow } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { LONGEST_LINE, readAllLines, readLines } from './read-lines.js';

/** A row with more lines than this must have lost a quote. */
const MOST_LINES = 10_000;

/**
 * Reads CSV as defined by RFC 4180: commas, a header, and quotes around fields with commas, line ends or (doubled) quotes.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and the errors of `readLines`
 */
export async function* readCsv(path: string): AsyncGenerator<ItemRecord> {
  yield* withHeader(path, csvRows(path));
}

/**
 * Reads TSV: tabs, a header, and quotes as in `QuotedTableReader`.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and the errors of `readLines`
 */
export async function* readTsv(path: string): AsyncGenerator<ItemRecord> {
  yield* withHeader(path, tsvRows(path));
}

async function* withHeader(path: string, rows: AsyncGenerator<TableRow>): AsyncGenerator<ItemRecord> {
  let header: readonly string[] | undefined;
  for await (const { line, cells } of rows) {
    const place = `${path}:${line}`;
    if (header === undefined) {
      header = checkedHeader(cells, place);
    } else {
      if (cells.length !== header.length) throw malformed(place, `${header.length} fields`, `${cells.length} fields`);
      yield { place, fields: Object.fromEntries(header.map((name, n) => [name, cells[n]])) };
    }
  }
}

async function* csvRows(path: string): AsyncGenerator<TableRow> {
  let open: { readonly number: number; readonly lines: string[]; length: number } | undefined;
  for await (const { text, number } of readLines(path)) {
    const row = open ?? { number, lines: [], length: 0 };
    row.lines.push(text);
    row.length += text.length;
    const place = `${path}:${row.number}`;
    if (row.length > LONGEST_LINE || row.lines.length > MOST_LINES) {
      throw malformed(place, 'a closing quote', `none on ${row.lines.length} lines`);
    }
    // Quotes come in pairs. If one is still open, the row continues on the next line.
    const isOpen = (open !== undefined) !== hasOddQuotes(text);
    open = isOpen ? row : undefined;
    if (!isOpen) yield { line: row.number, cells: csvCells(row.lines.join('\n'), place) };
  }
  if (open !== undefined) throw malformed(`${path}:${open.number}`, 'a closing quote', 'the end of the file');
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

function csvCells(text: string, place: string): string[] {
  const cells: string[] = [];
  for (let start = 0; start <= text.length; ) {
    const end = text[start] === '"' ? endOfQuoted(text, start) : endOfPlain(text, start);
    const cell = text.slice(start, end);
    const isWhole = end === text.length || text[end] === ',';
    if (!isWhole || (cell.includes('"') && !isQuoted(cell))) {
      throw malformed(place, 'quotes around the whole field, doubled inside it', quote(text.slice(start)));
    }
    cells.push(unquoted(cell));
    start = end + 1;
  }
  return cells;
}

function endOfPlain(text: string, start: number): number {
  const comma = text.indexOf(',', start);
  return comma < 0 ? text.length : comma;
}

/** The position after the closing quote. Two quotes in a row stand for one in the text. */
function endOfQuoted(text: string, start: number): number {
  let close = text.indexOf('"', start + 1);
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close < 0 ? text.length : close + 1;
}

async function* tsvRows(path: string): AsyncGenerator<TableRow> {
  const table = new QuotedTableReader();
  for await (const { text } of readAllLines(path)) yield* table.push(text);
  yield* table.end();
}

function unquoted(cell: string): string {
  return isQuoted(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

function isQuoted(cell: string): boolean {
  if (cell.length < 2 || !cell.startsWith('"') || !cell.endsWith('"')) return false;
  return !cell.slice(1, -1).replaceAll('""', '').includes('"');
}

function checkedHeader(cells: readonly string[], place: string): readonly string[] {
  const names = cells.map((name) => name.trim());
  const doubled = names.find((name, n) => names.indexOf(name) !== n);
  if (doubled === undefined) return names;
  throw new BalancedRecError({
    code: 'items/bad-header',
    message: 'two columns have the same name',
    place,
    expected: 'a header with unique column names',
    found: quote(doubled),
    remedy: 'write the column names on the first line',
  });
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'items/malformed-line',
    message: 'malformed row',
    place,
    expected,
    found,
    remedy: 'fix this line, or write the file as .jsonl',
  });
}
