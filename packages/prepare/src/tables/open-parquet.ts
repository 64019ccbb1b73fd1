import { identifier, literal, type Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import { columnAndPath, fieldsWithin, jsonColumn, parsedOrNothing } from './json-value.js';
import type { Column, Table } from './table.js';

/** How many rows are inspected for the fields of objects. */
const SAMPLE = 1000;

/** From this value on, a float may stand for several whole numbers. */
const EXACT: Readonly<Record<string, number>> = { DOUBLE: 2 ** 53, FLOAT: 2 ** 24 };

/** @throws BalancedRecError `prepare/malformed-parquet` */
export async function openParquet(workspace: Workspace, source: SourceFile): Promise<Table> {
  const file = `read_parquet(${literal(source.pattern)}, hive_partitioning = false)`;
  const described = await workspace.rows(`DESCRIBE SELECT * FROM ${file}`, source);
  const types = new Map(described.map(([name, type]) => [name as string, type as string]));
  const names = [...types.keys()];
  const fields: string[] = [];
  for (const name of names.filter((name) => hasFields(types.get(name)!))) {
    const sample = `SELECT to_json(${identifier(name)})::VARCHAR FROM ${file} LIMIT ${SAMPLE}`;
    const values = (await workspace.rows(sample, source)).flatMap(([text]) => parsedOrNothing(text as string | null));
    fields.push(...fieldsWithin(name, values));
  }
  const columnNamed = (name: string) => {
    const { column, path } = columnAndPath(name, names);
    const value = identifier(column);
    return isNested(types.get(column)!)
      ? jsonColumn(`to_json(${value})`, path)
      : plainColumn(value, types.get(column)!);
  };
  return {
    columns: [...names, ...fields],
    rows: () => file,
    column: columnNamed,
    selectJson: (key) => {
      const { id, written } = columnNamed(key);
      // Binary columns are not metadata that JSON could represent.
      const kept = [...types].filter(([, type]) => type !== 'BLOB').map(([name, type]) => field(name, type));
      return `(SELECT ${id} AS key, ${written} AS written, to_json(struct_pack(${kept.join(', ')}))::VARCHAR AS fields FROM ${file})`;
    },
  };
}

/** Whether there are objects in a column. Reading samples of plain lists, such as vectors, would take time for nothing. */
function hasFields(type: string): boolean {
  return isNested(type) && /STRUCT|MAP|UNION|JSON/.test(type);
}

function isNested(type: string): boolean {
  return type === 'JSON' || (/[\])]$/.test(type) && !/^(DECIMAL|ENUM)\(/.test(type));
}

function plainColumn(value: string, type: string): Column {
  const written = `${value}::VARCHAR`;
  // Some programs write text without saying that it is text.
  const text = type === 'BLOB' ? `try(decode(${value}))` : written;
  const exact = EXACT[type];
  if (exact === undefined) return { text, id: text, written };
  const id = `CASE WHEN abs(${value}) >= ${exact} OR NOT isfinite(${value}) THEN NULL WHEN ${value} = trunc(${value}) THEN ${value}::BIGINT::VARCHAR ELSE ${written} END`;
  return { text, id, written };
}

/** JSON has no NaN. */
function field(name: string, type: string): string {
  const column = identifier(name);
  return `${column} := ${type in EXACT ? `CASE WHEN isfinite(${column}) THEN ${column} END` : column}`;
}
