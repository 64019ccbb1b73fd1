import { identifier, literal, type Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import type { Table } from './table.js';

/** @throws BalancedRecError `prepare/malformed-parquet` */
export async function openParquet(workspace: Workspace, source: SourceFile): Promise<Table> {
  const file = `read_parquet(${literal(source.pattern)}, hive_partitioning = false)`;
  const described = await workspace.rows(`DESCRIBE SELECT * FROM ${file}`, source);
  const columns = described.map(([name]) => name as string);
  // Binary columns are not metadata that JSON could represent.
  const fields = described
    .filter(([, type]) => type !== 'BLOB')
    .map(([name, type]) => field(name as string, type as string));
  return {
    columns,
    select: (wanted) => {
      const named = Object.entries(wanted).map(([as, name]) => `${identifier(name)}::VARCHAR AS ${identifier(as)}`);
      return `(SELECT ${named.join(', ')} FROM ${file})`;
    },
    selectJson: (key) =>
      `(SELECT ${identifier(key)}::VARCHAR AS key, to_json(struct_pack(${fields.join(', ')}))::VARCHAR AS fields FROM ${file})`,
  };
}

/** JSON has no NaN. */
function field(name: string, type: string): string {
  const column = identifier(name);
  const isFloat = type === 'DOUBLE' || type === 'FLOAT';
  return `${column} := ${isFloat ? `CASE WHEN isfinite(${column}) THEN ${column} END` : column}`;
}
