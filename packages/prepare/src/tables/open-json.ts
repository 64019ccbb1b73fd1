import { BalancedRecError } from '@balanced-rec/errors';
import { identifier, literal, type Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
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
  const file = `${literal(source.pattern)}, format = 'auto', compression = '${compression}'`;
  const columns = await columnsOf(workspace, file, source);
  return {
    columns,
    select: (wanted) => {
      // Each key is requested only once, however many roles it has.
      const keys = [...new Set(Object.values(wanted))];
      const types = keys.map((key) => `${literal(key)}: 'VARCHAR'`).join(', ');
      const fields = Object.entries(wanted).map(([name, key]) => `${identifier(key)} AS ${identifier(name)}`);
      return `(SELECT ${fields.join(', ')} FROM read_json(${file}, columns = {${types}}))`;
    },
    selectJson: (key) => {
      const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return `(SELECT json_extract_string(json, ${literal(pointer)}) AS key, json::VARCHAR AS fields FROM read_json_objects(${file}))`;
    },
  };
}

async function columnsOf(workspace: Workspace, file: string, source: SourceFile): Promise<string[]> {
  const sample = await workspace.rows(
    `SELECT json_type(json), to_json(json_keys(json))::VARCHAR FROM (SELECT json FROM read_json_objects(${file}) LIMIT ${SAMPLE})`,
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
  return [...new Set(sample.flatMap(([, keys]) => JSON.parse(keys as string) as string[]))];
}

function fault(place: string, code: string, message: string, found: string): BalancedRecError {
  const expected = 'an array of objects, or one object per line';
  return new BalancedRecError({ code, message, place, expected, found, remedy: 'write one object per row' });
}
