import type { Workspace } from '../duckdb/workspace.js';
import { decoderOf } from '../options/encodings.js';
import type { CompleteOptions } from '../options/prepare-options.js';
import type { SourceFile } from '../sources/source-file.js';
import { transcode } from '../sources/transcode.js';
import { type DelimitedOptions, openDelimited } from './open-delimited.js';
import { openJson } from './open-json.js';
import { openParquet } from './open-parquet.js';
import type { Table, TableFile } from './table.js';

type TableOptions = DelimitedOptions & Pick<CompleteOptions, 'encoding'>;

/**
 * Inspects the columns of files and determines how to read their rows.
 *
 * @throws BalancedRecError the errors of the format's own reader
 */
export async function openTables(
  workspace: Workspace,
  sources: readonly SourceFile[],
  options: TableOptions,
): Promise<TableFile[]> {
  const files: TableFile[] = [];
  for (const source of sources) {
    const { path, format } = source;
    files.push({ path, format, table: await openTable(workspace, source, options) });
  }
  return files;
}

function openTable(workspace: Workspace, source: SourceFile, options: TableOptions): Promise<Table> {
  if (source.format === 'json') return openJson(workspace, source);
  return source.format === 'parquet' ? openParquet(workspace, source) : openText(workspace, source, options);
}

async function openText(workspace: Workspace, source: SourceFile, options: TableOptions): Promise<Table> {
  const isUtf8 = decoderOf(options.encoding)?.encoding === 'utf-8';
  const text = isUtf8 ? source : await transcode(source, options.encoding, workspace.newFile());
  return openDelimited(workspace, text, options);
}
