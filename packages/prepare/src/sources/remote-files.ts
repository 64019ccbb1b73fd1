import { BalancedRecError } from '@balanced-rec/errors';
import type { Workspace } from '../duckdb/workspace.js';
import type { FileFormat } from '../options/prepare-options.js';
import { compressionByName, type SourceFile } from './source-file.js';

const REMOTE_SCHEMES = ['http', 'https', 's3', 'gs', 'gcs', 'r2', 'hf'];

/**
 * Whether a path is remote.
 *
 * @throws BalancedRecError `prepare/unsupported-path` if it is, but DuckDB cannot read it
 */
export function isRemotePath(path: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(path)?.[1]?.toLowerCase();
  if (scheme === undefined) return false;
  if (REMOTE_SCHEMES.includes(scheme)) return true;
  throw new BalancedRecError({
    code: 'prepare/unsupported-path',
    message: `${scheme}:// paths are not supported`,
    place: path,
    expected: `a local path, or one of: ${REMOTE_SCHEMES.map((known) => `${known}://`).join(', ')}`,
    found: `${scheme}://`,
    remedy: 'download the file and use its local path',
  });
}

/**
 * Loads `httpfs`, DuckDB's extension for files on http(s) servers and in object stores. Installs it first if it is missing.
 *
 * @param place the remote path that needs it
 * @throws BalancedRecError `prepare/no-remote-files`
 */
export async function loadRemoteFiles(workspace: Workspace, place: string): Promise<void> {
  const isThere = await workspace.run('LOAD httpfs', place).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  try {
    await workspace.run('INSTALL httpfs', place);
    await workspace.run('LOAD httpfs', place);
  } catch (cause) {
    throw new BalancedRecError({
      code: 'prepare/no-remote-files',
      message: 'cannot read remote files: the DuckDB extension httpfs cannot be loaded',
      place,
      expected: 'httpfs, installed or available from extensions.duckdb.org',
      found: cause instanceof BalancedRecError ? cause.details.found! : String(cause),
      remedy:
        'download the file and use its local path, or set a mirror of the extensions with --extension-repository or a folder with httpfs with --extension-folder',
      cause,
    });
  }
}

/** A remote file is not inspected before DuckDB reads it. */
export function remoteSource(path: string, format: FileFormat): SourceFile {
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
