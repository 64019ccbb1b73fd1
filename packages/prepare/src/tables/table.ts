import type { FileFormat } from '../options/prepare-options.js';

/** The rows of a file, as SQL. */
export interface Table {
  /** The names of its columns, in order where the format has one. */
  readonly columns: readonly string[];
  /** A FROM clause that has the columns asked for, as text, under the names of `as`. */
  select(columns: Readonly<Record<string, string>>): string;
  /** A FROM clause with the text of a column as `key` and the whole row as JSON, as `fields`. */
  selectJson(key: string): string;
}

/** A file that is open as a table. */
export interface TableFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly table: Table;
}
