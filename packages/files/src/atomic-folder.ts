import { mkdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { storageError } from './storage-error.js';
import { syncFolder, syncTree } from './sync-folder.js';
import { temporaryName } from './temporary-name.js';

/**
 * Puts a folder in its place that appears as a whole or not at all, even if the process is killed or the power is cut: `fill` is
 * given a hidden temporary folder beside its place. What stands there is replaced, and may be gone for the moment between two renames.
 * Where `fill` fails, nothing is left and what stood there is untouched.
 *
 * Nobody else may write the same folder meanwhile; see {@link withLock}.
 * @throws what `fill` throws; BalancedRecError `files/...`, see {@link storageError}
 */
export async function replaceFolder<T>(folder: string, fill: (temporary: string) => Promise<T>): Promise<T> {
  const target = resolve(folder);
  const parent = dirname(target);
  const stem = join(parent, `.${basename(target)}`);
  const temporary = temporaryName(stem);
  try {
    await recover(target, `${stem}.replaced`);
    // Not mkdtemp: the folder is renamed into place and should have the usual permissions.
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

/** Makes a folder in one that is there: where that has vanished, it does not come back with this in it alone. */
export function makeFolderWithin(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storageError(error, folder);
  }
}

/** Who was ended between the two renames left the old folder aside: it comes back. After both, it is of no use. */
async function recover(target: string, aside: string): Promise<void> {
  const came = await rename(aside, target).then(
    () => true,
    () => false,
  );
  // A folder is not renamed over a filled one.
  if (!came) await rm(aside, { recursive: true, force: true });
}

/** A folder cannot be renamed over a filled one, so what is there steps aside first, and comes back where that fails. */
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
  // Moved away whole before it is removed, since removing takes files one by one.
  if (stoodThere) await rm(aside, { recursive: true, force: true });
}
