import { mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { removeLeftovers, replaceFolder, storageError, withLock } from '@balanced-rec/files';

/**
 * Writes a folder that appears as a whole or not at all: `fill` is given a temporary folder beside its place, which is then
 * renamed. Where `fill` fails, nothing is left and what stood there before is untouched. A lock beside it keeps others away.
 *
 * @param folder is made, with its parents; it may exist if it is empty
 * @param options with `overwrite`, what is in the folder is replaced
 * @throws BalancedRecError `dataset/folder-exists`, before `fill` is called; `files/in-use`; `files/...` where it cannot be written
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
    // What somebody wrote before the lock was had.
    if (!overwrite) await checkVacant(target);
    await removeLeftovers(parent, `.${basename(target)}.tmp-`);
    return replaceFolder(target, fill);
  });
}

/**
 * Refuses a name of a dataset or modality that could leave the folder it is written into.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function checkFileName(name: string): void {
  if (/^[\w.-]+$/.test(name) && !name.startsWith('.')) return;
  throw new BalancedRecError({
    code: 'dataset/bad-name',
    message: 'this name cannot be part of a file name',
    place: JSON.stringify(name),
    expected: 'letters, digits, "_", "-" and ".", not first "."',
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
    message: 'something is there already',
    place: target,
    expected: 'a new or empty folder',
    found: names.slice(0, 10).join(', '),
    remedy: 'choose another folder, or have it replaced (overwrite)',
  });
}
