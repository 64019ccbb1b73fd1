import type { Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import { type DelimitedOptions, openDelimited } from './open-delimited.js';
import { openJson } from './open-json.js';
import { openParquet } from './open-parquet.js';
import type { Table } from './table.js';

/** Looks at the columns of a file and says how its rows are read. */
export function openTable(workspace: Workspace, source: SourceFile, options: DelimitedOptions): Promise<Table> {
  if (source.format === 'json') return openJson(workspace, source);
  return source.format === 'parquet' ? openParquet(workspace, source) : openDelimited(workspace, source, options);
}
