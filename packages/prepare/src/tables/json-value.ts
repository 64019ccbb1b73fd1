import { literal } from '../duckdb/workspace.js';
import type { Column } from './table.js';

/** The deepest field that a column may name: `a.b.c`. */
const DEEPEST = 3;
/** Objects whose keys are data have any number of fields. */
const MOST_FIELDS = 200;

/**
 * How to read a column whose values are JSON.
 *
 * @param value the SQL of the value
 * @param path the fields that lead from it to the column; none for the value itself
 */
export function jsonColumn(value: string, path: readonly string[]): Column {
  const at = (start: string) => literal([start, ...path.map((field) => `"${field}"`)].join('.'));
  const own = path.length === 0 ? value : `json_extract(${value}, ${at('$')})`;
  const text = textOf(own);
  const ids = `CASE WHEN json_type(${value}) <> 'ARRAY' THEN [${text}]
    WHEN json_array_length(${value}) = 0 THEN [NULL]
    ELSE list_transform(json_extract(${value}, ${at('$[*]')}), lambda element: ${textOf('element')}) END`;
  return { text, id: text, written: `coalesce(${text}, ${own}::VARCHAR)`, ids };
}

/** The text of a JSON value; NULL for a list or an object. */
function textOf(value: string): string {
  return `(CASE WHEN json_type(${value}) IN ('ARRAY', 'OBJECT') THEN NULL ELSE json_extract_string(${value}, '$') END)`;
}

/**
 * The names of the fields inside values, as `column.field`, and of those in the elements of lists.
 *
 * @param values some of the column's values
 */
export function fieldsWithin(column: string, values: readonly unknown[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, name: string, depth: number): void => {
    if (Array.isArray(value)) {
      if (depth === 0) for (const element of value) if (!Array.isArray(element)) visit(element, name, depth);
      return;
    }
    if (value === null || typeof value !== 'object' || depth === DEEPEST) return;
    for (const [field, inner] of Object.entries(value)) {
      // A path cannot name these.
      if (/["\\.]/.test(field) || field === '' || found.size >= MOST_FIELDS) continue;
      found.add(`${name}.${field}`);
      visit(inner, `${name}.${field}`, depth + 1);
    }
  };
  for (const value of values) visit(value, column, 0);
  return [...found];
}

/** Splits a column's name into that of a column of the file and the fields inside it. */
export function columnAndPath(name: string, columns: readonly string[]): { column: string; path: string[] } {
  if (columns.includes(name)) return { column: name, path: [] };
  const column = columns.find((candidate) => name.startsWith(`${candidate}.`))!;
  return { column, path: name.slice(column.length + 1).split('.') };
}

/** The value of a JSON text. Nothing for one that DuckDB accepts and JSON does not, such as NaN: it tells nothing about fields. */
export function parsedOrNothing(text: string | null): unknown[] {
  try {
    return text === null ? [] : [JSON.parse(text)];
  } catch {
    return [];
  }
}
