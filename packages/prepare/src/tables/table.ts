import type { FileFormat } from '../options/prepare-options.js';

/** A column of a table, as SQL over {@link Table.rows}. */
export interface Column {
  /** Its value as text; NULL for a list or an object. */
  readonly text: string;
  /** Its value as the text of an id: like `text`, but a whole float reads as a whole number, and one too large to be exact as NULL. */
  readonly id: string;
  /** Its value as the file has it, for messages. */
  readonly written: string;
  /** If the column may hold lists: the ids in the list, as an SQL list; those of a single value are a list of one. */
  readonly ids?: string | undefined;
}

/** The rows of a file, as SQL. */
export interface Table {
  /** The names of its columns, in order if the format has one, followed by those of fields inside them, such as `user.id`. */
  readonly columns: readonly string[];
  /** A FROM clause with what the SQL of these columns reads. */
  rows(columns: readonly string[]): string;
  /** How to read a column. */
  column(name: string): Column;
  /** A FROM clause with the id in one column as `key`, its value as `written`, and the whole row as JSON in `fields`. */
  selectJson(key: string): string;
}

/** A file opened as a table. */
export interface TableFile {
  readonly path: string;
  readonly format: FileFormat;
  readonly table: Table;
}
