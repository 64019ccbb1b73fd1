import { closingQuote, plainRow, type QuotedRow, quotedRow } from './quoted-row.js';

/** A row of a table, and the line (1-based) on which it starts. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quote that stays open for longer than this is an ordinary character. */
const MOST_LINES = 1000;
const MOST_CHARACTERS = 2 ** 20;

/** The columns that may number the rows of a table from 0. */
const NUMBER_COLUMNS = ['item', 'id'];

/** Parses all rows of a table, including the header. `QuotedTableReader` documents the rules. */
export function parseQuotedTable(text: string): TableRow[] {
  const reader = new QuotedTableReader();
  return [...text.split('\n').flatMap((line) => reader.push(line)), ...reader.end()];
}

/**
 * Reads a tab-separated table line by line. It accepts both what `quotedField` writes and what programs without quoting write.
 *
 * A field that starts with a quote continues, across tabs and line breaks, to the next quote that is not doubled, provided that
 * a tab or a line end follows. Otherwise, or if only the line on its own has as many fields as the header, fields end at the
 * next tab and rows at the next line break. If a column `item` or `id` numbers the rows, a quoted field does not swallow rows:
 * the number on the line after the field shows whether the lines in the field were rows.
 *
 * Blank lines between rows are skipped. A byte order mark and CRLF line ends are accepted.
 */
export class QuotedTableReader {
  #header: readonly string[] | undefined;
  #numberColumn = -1;
  /** Rows after the header. */
  #rows = 0;
  /** Lines in all rows so far. */
  #lines = 0;
  /** The lines after these. */
  #waiting: string[] = [];
  #length = 0;
  #isOpen = false;

  /**
   * @param line the next line, without its line feed
   * @returns the rows that are now complete
   */
  push(line: string): TableRow[] {
    const text = this.#lines + this.#waiting.length === 0 ? line.replace(/^\uFEFF/, '') : line;
    this.#waiting.push(text);
    this.#length += text.length + 1;
    if (this.#isOpen && closingQuote(text) < 0 && !this.#isTooLong) return [];
    return [...this.#completeRows(false)];
  }

  /** The remaining rows at the end of the table. */
  end(): TableRow[] {
    return [...this.#completeRows(true)];
  }

  *#completeRows(atEnd: boolean): Generator<TableRow> {
    for (;;) {
      while (isBlank(this.#waiting[0])) this.#take(1);
      const first = this.#waiting[0];
      if (first === undefined) return;
      const quoted = quotedRow(first) ?? quotedRow(this.#waiting.join('\n'));
      this.#isOpen = quoted === undefined && !atEnd && !this.#isTooLong;
      if (this.#isOpen) return;
      const isQuoted = quoted !== undefined && this.#isMeant(quoted, atEnd);
      if (isQuoted === undefined) return;
      yield this.#complete(isQuoted ? quoted! : plainRow(first));
    }
  }

  /** Whether the quotes of a row are real quoting; undefined until the next line decides. */
  #isMeant({ cells, lines }: QuotedRow, atEnd: boolean): boolean | undefined {
    const width = this.#header?.length;
    if (width === undefined) return true;
    if (cells.length !== width) return plainRow(this.#waiting[0]!).cells.length !== width;
    if (lines === 1 || this.#numberColumn < 0) return true;
    const hidden = this.#waiting.slice(0, lines).filter((line) => !isBlank(line));
    if (!hidden.every((line, n) => this.#isRow(line, n))) return true;
    const behind = this.#waiting.slice(lines).find((line) => !isBlank(line));
    if (behind === undefined) return atEnd ? true : undefined;
    return !this.#isRow(behind, hidden.length);
  }

  /** Whether a line on its own is the row that follows `after` other rows. */
  #isRow(line: string, after: number): boolean {
    const { cells } = plainRow(line);
    if (cells.length !== this.#header?.length) return false;
    return cells[this.#numberColumn] === String(this.#rows + after);
  }

  #complete({ cells, lines }: QuotedRow): TableRow {
    const row = { line: this.#lines + 1, cells };
    this.#take(lines);
    if (this.#header !== undefined) this.#rows++;
    else {
      this.#header = cells;
      const names = cells.map((name) => name.trim());
      this.#numberColumn = names.indexOf(NUMBER_COLUMNS.find((name) => names.includes(name)) ?? '');
    }
    return row;
  }

  #take(count: number): void {
    for (const line of this.#waiting.splice(0, count)) this.#length -= line.length + 1;
    this.#lines += count;
  }

  get #isTooLong(): boolean {
    return this.#waiting.length > MOST_LINES || this.#length > MOST_CHARACTERS;
  }
}

function isBlank(line: string | undefined): boolean {
  return line?.trim() === '';
}
