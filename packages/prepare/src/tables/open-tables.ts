import type { Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import { type DelimitedOptions, openDelimited } from './open-delimited.js';
import { openJson } from './open-json.js';
import { openParquet } from './open-parquet.js';
import type { Table, TableFile } from './table.js';

/**
 * Inspects the columns of files and determines how to read their rows.
 *
 * @throws BalancedRecError the errors of the format's own reader
 */
export async function openTables(
  workspace: Workspace,
  sources: readonly SourceFile[],
  options: DelimitedOptions,
): Promise<TableFile[]> {
  const files: TableFile[] = [];
  for (const source of sources) {
    const { path, format } = source;
    files.push({ path, format, table: await openTable(workspace, source, options) });
  }
  return files;
}

function openTable(workspace: Workspace, source: SourceFile, options: DelimitedOptions): Promise<Table> {
  if (source.format === 'json') return openJson(workspace, source);
  return source.format === 'parquet' ? openParquet(workspace, source) : openDelimited(workspace, source, options);
}
