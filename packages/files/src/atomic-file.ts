import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageError } from './storage-error.js';
import { syncFile, syncFolder, syncFolderSync } from './sync-folder.js';
import { temporaryName } from './temporary-name.js';

/**
 * Writes a file atomically: readers see either the old content or the complete new one, even if the process is killed or the
 * power fails. The content reaches the disk before the name. The file's folder must exist: if it has vanished, it is not
 * created again just for this file.
 *
 * @throws BalancedRecError `files/...`, see {@link storageError}; the old content then stays, and nothing else is left behind
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
 * Renames a file that was written under a temporary name in the same folder or one next to it, after flushing it to disk.
 *
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

/** The synchronous version of {@link writeFileAtomically}. */
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
      // The original error matters more than this one.
    }
    throw storageError(error, path);
  }
}
