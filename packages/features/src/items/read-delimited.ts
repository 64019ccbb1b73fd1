import { QuotedTableReader, quote, type TableRow } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { LONGEST_LINE, readAllLines, readLines } from './read-lines.js';

/** A row over more lines than this has lost a quote. */
const MOST_LINES = 10_000;

/**
 * CSV as RFC 4180 has it: commas, a header, and quotes around fields with commas, line ends or (doubled) quotes.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and what `readLines` throws
 */
export async function* readCsv(path: string): AsyncGenerator<ItemRecord> {
  yield* withHeader(path, csvRows(path));
}

/**
 * TSV: tabs and a header, and quotes as `QuotedTableReader` has them.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and what `readLines` throws
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
      throw malformed(place, 'a quote that closes', `none on ${row.lines.length} lines`);
    }
    // Quotes come in pairs; where one is open, the row goes on behind the line's end.
    const isOpen = (open !== undefined) !== hasOddQuotes(text);
    open = isOpen ? row : undefined;
    if (!isOpen) yield { line: row.number, cells: csvCells(row.lines.join('\n'), place) };
  }
  if (open !== undefined) throw malformed(`${path}:${open.number}`, 'a quote that closes', 'the end of the file');
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
      throw malformed(place, 'quotes around a field as a whole, doubled within', quote(text.slice(start)));
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

/** Behind the closing quote; two quotes in a row are one of the text. */
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
    expected: 'a header that names each column once',
    found: quote(doubled),
    remedy: 'write the names of the columns on the first line',
  });
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'items/malformed-line',
    message: 'this row is malformed',
    place,
    expected,
    found,
    remedy: 'mend this line, or write the file as .jsonl',
  });
}
