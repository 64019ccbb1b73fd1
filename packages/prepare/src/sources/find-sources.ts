import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { loadRemoteFiles } from '../duckdb/load-remote-files.js';
import { literal } from '../duckdb/sql-text.js';
import type { Workspace } from '../duckdb/workspace.js';
import { compressionByName, formatByName } from './file-format.js';
import { inspectFile } from './inspect-file.js';
import type { FileFormat, SourceFile } from './source-file.js';

const REMOTE_SCHEMES = ['http', 'https', 's3', 'gs', 'gcs', 'r2', 'hf'];

/**
 * Finds the files that paths and patterns (`*`, `?`, `[...]`, `**`) name, in the order given, those of a pattern by name, and looks at each.
 *
 * @param format that of all files, where their names do not tell it
 * @throws BalancedRecError `prepare/missing-file`, `prepare/unsupported-path`, `prepare/no-remote-files`, `prepare/unknown-format` and those of {@link inspectFile}
 */
export async function findSources(
  workspace: Workspace,
  paths: readonly string[],
  format: FileFormat | undefined,
  signal: AbortSignal | undefined,
): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const path of paths) {
    const isRemote = checkScheme(path);
    if (isRemote) await loadRemoteFiles(workspace, path);
    for (const found of await expand(workspace, path, isRemote)) {
      const known = format ?? formatByName(found);
      sources.push(isRemote ? remoteSource(found, known) : await localSource(found, known, signal));
    }
  }
  return sources;
}

function remoteSource(path: string, format: FileFormat): SourceFile {
  const compression = compressionByName(path);
  return {
    path,
    pattern: path,
    format,
    compression,
    isRemote: true,
    size: undefined,
    sha256: undefined,
    head: undefined,
  };
}

async function localSource(path: string, format: FileFormat, signal: AbortSignal | undefined): Promise<SourceFile> {
  // The file's own brackets and stars would be read as a pattern.
  const pattern = path.replaceAll(/[[*?]/g, (character) => `[${character}]`);
  return { path, pattern, format, isRemote: false, ...(await inspectFile(path, format, signal)) };
}

/** Whether a path is remote. */
function checkScheme(path: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1]?.toLowerCase();
  if (scheme === undefined) return false;
  if (REMOTE_SCHEMES.includes(scheme)) return true;
  throw new BalancedRecError({
    code: 'prepare/unsupported-path',
    message: `paths of the kind ${scheme}:// cannot be read`,
    place: path,
    expected: `a local path, or one of: ${REMOTE_SCHEMES.map((known) => `${known}://`).join(', ')}`,
    found: `${scheme}://`,
    remedy: 'download the file and give its local path',
  });
}

async function expand(workspace: Workspace, path: string, isRemote: boolean): Promise<string[]> {
  const isPattern = /[*?[]/.test(path) && (isRemote ? !path.startsWith('http') : !existsSync(path));
  if (!isPattern) {
    if (isRemote || existsSync(path)) return [path];
    throw missing(path);
  }
  const found = await workspace.rows(`SELECT file FROM glob(${literal(path)}) ORDER BY file`, path);
  if (found.length === 0) throw missing(path);
  return found.map(([file]) => file as string);
}

function missing(path: string): BalancedRecError {
  const parent = dirname(path);
  const near = existsSync(parent) ? nearestName(basename(path), readdirSync(parent)) : undefined;
  const isPattern = /[*?[]/.test(path);
  return new BalancedRecError({
    code: 'prepare/missing-file',
    message: isPattern ? 'no file fits this pattern' : 'the file is missing',
    place: path,
    expected: 'at least one file',
    found: 'none',
    remedy:
      near === undefined || isPattern
        ? `check the path; relative paths start at ${process.cwd()}`
        : `did you mean ${join(parent, near)}?`,
  });
}
