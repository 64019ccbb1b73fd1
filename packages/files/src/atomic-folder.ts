import { mkdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { storageError } from './storage-error.js';
import { syncFolder, syncTree } from './sync-folder.js';
import { temporaryName } from './temporary-name.js';

/**
 * Replaces a folder atomically: it appears complete or not at all, even if the process is killed or the power fails. `fill`
 * receives a hidden temporary folder next to the target. An existing folder is replaced, and may be missing for a moment
 * between two renames. If `fill` fails, nothing is left behind and the existing folder is untouched.
 *
 * Nothing else may write the same folder at the same time; see {@link withLock}.
 *
 * @throws the errors of `fill`; BalancedRecError `files/...`, see {@link storageError}
 */
export async function replaceFolder<T>(folder: string, fill: (temporary: string) => Promise<T>): Promise<T> {
  const target = resolve(folder);
  const parent = dirname(target);
  const stem = join(parent, `.${basename(target)}`);
  const temporary = temporaryName(stem);
  try {
    await recover(target, `${stem}.replaced`);
    // Not mkdtemp, because the folder is renamed into place and needs the usual permissions.
    await mkdir(temporary);
    const result = await fill(temporary);
    await syncTree(temporary);
    await putInPlace(temporary, target, `${stem}.replaced`);
    await syncFolder(parent);
    return result;
  } catch (error) {
    throw storageError(error, target, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
  }
}

/** Writes a folder of files with {@link replaceFolder}. */
export function writeFolderAtomically(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  return replaceFolder(folder, async (temporary) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
  });
}

/** Creates a folder inside an existing one. If the parent has vanished, it is not created again just for this folder. */
export function makeFolderWithin(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storageError(error, folder);
  }
}

/** A process killed between the two renames leaves the old folder aside: it is restored. After both renames, it is discarded. */
async function recover(target: string, aside: string): Promise<void> {
  const came = await rename(aside, target).then(
    () => true,
    () => false,
  );
  // A folder cannot be renamed over a non-empty one.
  if (!came) await rm(aside, { recursive: true, force: true });
}

/**
 * A folder cannot be renamed over a non-empty one, so the existing one is moved aside first, and restored if the rename fails.
 */
async function putInPlace(temporary: string, target: string, aside: string): Promise<void> {
  const stoodThere = await rename(target, aside).then(
    () => true,
    () => false,
  );
  try {
    await rename(temporary, target);
  } catch (error) {
    if (stoodThere) await rename(aside, target);
    throw error;
  }
  // Moved aside as a whole before it is removed, because removal deletes files one by one.
  if (stoodThere) await rm(aside, { recursive: true, force: true });
}
