import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { removeLeftovers, replaceFolder, storageError, withLock } from '@balanced-rec/files';

/**
 * Writes a folder atomically: it appears complete or not at all. `fill` receives a temporary folder next to the target, which
 * is then renamed. If `fill` fails, the temporary folder is removed and the existing content stays untouched. A lock next to
 * the target keeps other processes out.
 *
 * @param folder created with its parents if necessary; an existing folder must be empty
 * @param options `overwrite` replaces the existing content
 * @throws BalancedRecError `dataset/folder-exists` before `fill` is called; `files/in-use`; `files/...` if the folder cannot be
 *   written
 */
export async function writeFolder<T>(
  folder: string,
  fill: (temporary: string) => Promise<T>,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<T> {
  const target = resolve(folder);
  if (!overwrite) await checkVacant(target);
  const parent = dirname(target);
  await mkdir(parent, { recursive: true }).catch((error: unknown) => {
    throw storageError(error, target, parent);
  });
  return withLock(join(parent, `.${basename(target)}.lock`), target, async () => {
    // Another process may have written it before this one got the lock.
    if (!overwrite) await checkVacant(target);
    await removeLeftovers(parent, `.${basename(target)}.tmp-`);
    return replaceFolder(target, fill);
  });
}

/**
 * Refuses a dataset or modality name that could escape the folder it is written into.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function checkFileName(name: string): void {
  if (/^[\w.-]+$/.test(name) && !name.startsWith('.')) return;
  throw new BalancedRecError({
    code: 'dataset/bad-name',
    message: 'the name cannot be part of a file name',
    place: JSON.stringify(name),
    expected: 'letters, digits, "_", "-" and ".", not starting with "."',
    found: JSON.stringify(name),
    remedy: 'choose another name for the dataset or modality',
  });
}

async function checkVacant(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : [error.message],
  );
  if (names.length === 0) return;
  throw new BalancedRecError({
    code: 'dataset/folder-exists',
    message: 'the target already exists',
    place: target,
    expected: 'a new or empty folder',
    found: names.slice(0, 10).join(', '),
    remedy: 'choose another folder, or set overwrite to replace its content',
  });
}
