import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageError } from './storage-error.js';
import { syncFile, syncFolder, syncFolderSync } from './sync-folder.js';
import { temporaryName } from './temporary-name.js';

/**
 * Writes a file so that readers see either the old content or the whole new one, even if the process is killed or the power is cut:
 * content, then name reach the disk. Its folder must exist: one that has vanished is not made anew, with this file alone in it.
 * @throws BalancedRecError `files/...`, see {@link storageError}; the old content stands and nothing else is left then
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw storageError(error, path);
  }
}

/**
 * Renames a file that was written under a temporary name in the same folder or one beside it, once it is on the disk.
 * @throws BalancedRecError `files/...`
 */
export async function putFileInPlace(temporary: string, path: string): Promise<void> {
  try {
    await syncFile(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw storageError(error, path);
  }
}

/** As {@link writeFileAtomically}, for callers that cannot wait. */
export function writeFileAtomicallySync(path: string, content: string | Uint8Array): void {
  const temporary = temporaryName(path);
  try {
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolderSync(dirname(path));
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // Of the two errors the first one tells what is wrong.
    }
    throw storageError(error, path);
  }
}
