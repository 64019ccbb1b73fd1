import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';

/**
 * Writes a folder that appears as a whole or not at all: `fill` is given a temporary folder beside its place, which is then
 * renamed. Where `fill` fails, nothing is left and what stood there before is untouched.
 *
 * @param folder is made, with its parents; it may exist if it is empty
 * @param options with `overwrite`, what is in the folder is replaced
 * @throws BalancedRecError `dataset/folder-exists`, before `fill` is called
 */
export async function writeFolder<T>(
  folder: string,
  fill: (temporary: string) => Promise<T>,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<T> {
  const target = resolve(folder);
  if (!overwrite) await checkVacant(target);

  // Not mkdtemp: the folder is renamed into place and should have the usual permissions.
  const partial = join(dirname(target), `.${basename(target)}.partial-${randomUUID()}`);
  await mkdir(partial, { recursive: true });
  try {
    const result = await fill(partial);
    await putInPlace(partial, target);
    return result;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** A folder cannot be renamed over a filled one, so what is there steps aside first, and comes back where that fails. */
async function putInPlace(partial: string, target: string): Promise<void> {
  const old = `${partial}.old`;
  const stoodThere = await rename(target, old).then(
    () => true,
    () => false,
  );
  try {
    await rename(partial, target);
  } catch (error) {
    if (stoodThere) await rename(old, target);
    throw error;
  }
  if (stoodThere) await rm(old, { recursive: true, force: true });
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
