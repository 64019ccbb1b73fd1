import { BalancedRecError } from '@balanced-rec/errors';
import { identifier, literal, type Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import { columnAndPath, fieldsWithin, jsonColumn, parsedOrNothing } from './json-value.js';
import type { Table } from './table.js';

/** How many objects are inspected for column names, because an object may omit one. */
const SAMPLE = 1000;

/**
 * Opens an array of objects, or a sequence of objects, as in JSON Lines.
 *
 * @throws BalancedRecError `prepare/empty-file`, `prepare/malformed-json`
 */
export async function openJson(workspace: Workspace, source: SourceFile): Promise<Table> {
  const compression = source.compression === 'none' ? 'uncompressed' : source.compression;
  const file = `${literal(source.pattern)}, format = '${formatOf(source)}', compression = '${compression}'`;
  const { keys, fields } = await columnsOf(workspace, file, source);
  const locate = (name: string) => columnAndPath(name, keys);
  return {
    columns: [...keys, ...fields],
    rows: (columns) => {
      // Each key is requested only once, however many columns are inside it.
      const wanted = new Set(columns.map((name) => locate(name).column));
      const types = [...wanted].map((key) => `${literal(key)}: 'JSON'`).join(', ');
      return `read_json(${file}, columns = {${types}})`;
    },
    column: (name) => {
      const { column, path } = locate(name);
      return jsonColumn(identifier(column), path);
    },
    selectJson: (name) => {
      const { column, path } = locate(name);
      const pointer = `/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const { id, written } = jsonColumn('value', path);
      return `(SELECT ${id} AS key, ${written} AS written, fields
        FROM (SELECT json_extract(json, ${literal(pointer)}) AS value, json::VARCHAR AS fields FROM read_json_objects(${file})))`;
    },
  };
}

/** DuckDB does not recognize an array after a byte order mark. */
function formatOf({ head }: SourceFile): 'array' | 'auto' {
  const text = new TextDecoder().decode(head?.subarray(0, 64));
  return text.trimStart().startsWith('[') ? 'array' : 'auto';
}

async function columnsOf(
  workspace: Workspace,
  file: string,
  source: SourceFile,
): Promise<{ keys: string[]; fields: string[] }> {
  const sample = await workspace.rows(
    `SELECT json_type(json), to_json(json_keys(json))::VARCHAR, json::VARCHAR FROM (SELECT json FROM read_json_objects(${file}) LIMIT ${SAMPLE})`,
    source,
  );
  if (sample.length === 0) throw fault(source.path, 'prepare/empty-file', 'the file has no objects', 'nothing');
  const other = sample.find(([type]) => type !== 'OBJECT');
  if (other !== undefined) {
    throw fault(
      source.path,
      'prepare/malformed-json',
      'the JSON contains something other than objects',
      `a value of type ${other[0]}`,
    );
  }
  const keys = [...new Set(sample.flatMap(([, found]) => JSON.parse(found as string) as string[]))];
  const objects = sample.flatMap(([, , text]) => parsedOrNothing(text as string) as Record<string, unknown>[]);
  return {
    keys,
    fields: keys.flatMap((key) =>
      fieldsWithin(
        key,
        objects.map((object) => object[key]),
      ),
    ),
  };
}

function fault(place: string, code: string, message: string, found: string): BalancedRecError {
  const expected = 'an array of objects, or one object per line';
  return new BalancedRecError({ code, message, place, expected, found, remedy: 'write one object per row' });
}
