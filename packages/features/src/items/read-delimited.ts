import {
  closingQuote,
  guessDelimiter,
  QuotedTableReader,
  quote,
  quotedRow,
  type TableRow,
} from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { LONGEST_LINE, readAllLines } from './read-lines.js';

/** A row with more lines than this must have lost a quote. */
const MOST_LINES = 10_000;

/**
 * Reads delimited text with a header. The delimiter is detected from the header. Quotes are those of RFC 4180: around fields with
 * delimiters, line ends or (doubled) quotes. A quote within an unquoted field is an ordinary character.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and the errors of `readAllLines`
 */
export async function* readDelimited(path: string): AsyncGenerator<ItemRecord> {
  yield* withHeader(path, quotedRows(path));
}

/**
 * Reads TSV: tabs, a header, and quotes as in `QuotedTableReader`.
 *
 * @throws BalancedRecError `items/malformed-line`, `items/bad-header`, and the errors of `readLines`
 */
export async function* readTabbed(path: string): AsyncGenerator<ItemRecord> {
  yield* withHeader(path, tabbedRows(path));
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

async function* quotedRows(path: string): AsyncGenerator<TableRow> {
  let delimiter: string | undefined;
  let first: number | undefined;
  let text = '';
  for await (const line of readAllLines(path)) {
    if (first === undefined && line.text.trim() === '') continue;
    first ??= line.number;
    text += text === '' ? line.text : `\n${line.text}`;
    const place = `${path}:${first}`;
    if (text.length > LONGEST_LINE || line.number - first >= MOST_LINES) {
      throw malformed(place, 'a closing quote', `none on ${line.number - first + 1} lines`);
    }
    // Nothing else ends a row that continues, and reading it again takes time.
    if (line.number > first && closingQuote(line.text) < 0) continue;
    delimiter ??= guessDelimiter(text);
    const row = quotedRow(text, delimiter);
    if (row === undefined) continue;
    if (row.isLoose) throw malformed(place, 'quotes around the whole field, doubled inside it', quote(text));
    yield { line: first, cells: row.cells };
    [first, text] = [undefined, ''];
  }
  if (first !== undefined) throw malformed(`${path}:${first}`, 'a closing quote', 'the end of the file');
}

async function* tabbedRows(path: string): AsyncGenerator<TableRow> {
  const table = new QuotedTableReader();
  for await (const { text } of readAllLines(path)) yield* table.push(text);
  yield* table.end();
}

function checkedHeader(cells: readonly string[], place: string): readonly string[] {
  const names = cells.map((name) => name.trim());
  const doubled = names.find((name, n) => name !== '' && names.indexOf(name) !== n);
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
