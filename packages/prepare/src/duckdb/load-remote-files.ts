import { BalancedRecError } from '@balanced-rec/errors';
import type { Workspace } from './workspace.js';

/**
 * Loads `httpfs`, DuckDB's extension for files behind http(s) and in object stores; installs it first where it is not there.
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
      message: 'DuckDB cannot read remote files here: its extension httpfs cannot be loaded',
      place,
      expected: 'httpfs, installed or to be had from extensions.duckdb.org',
      found: cause instanceof BalancedRecError ? cause.details.found! : String(cause),
      remedy:
        'download the file and give its local path; or name a mirror of the extensions with --extension-repository, or a folder that has httpfs with --extension-folder',
      cause,
    });
  }
}
