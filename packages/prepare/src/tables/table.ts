import type { FileFormat } from '../options/prepare-options.js';

/** The rows of a file, as SQL. */
export interface Table {
  /** The names of its columns, in order if the format has one. */
  readonly columns: readonly string[];
  /** A FROM clause with the requested columns as text, under the names of the keys. */
  select(columns: Readonly<Record<string, string>>): string;
  /** A FROM clause with the text of one column as `key`, and the whole row as JSON in `fields`. */
  selectJson(key: string): string;
}

/** A file opened as a table. */
export interface TableFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly table: Table;
}
