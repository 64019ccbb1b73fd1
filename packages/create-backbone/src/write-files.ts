import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Files } from './render-template.js';

/**
 * Writes a new folder, either completely or not at all.
 * @throws BalancedRecError `create/folder-exists`
 */
export async function writeNewFolder(folder: string, files: Files): Promise<void> {
  refuseExisting(folder);
  // In the same parent, so that the rename is atomic; hidden, so that no workspace mistakes it for a package.
  const unfinished = join(dirname(resolve(folder)), `.creating-${process.pid}`);
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(unfinished, path)), { recursive: true });
      await writeFile(join(unfinished, path), text);
    }
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** @throws BalancedRecError `create/folder-exists` */
export function refuseExisting(folder: string): void {
  if (!existsSync(folder)) return;
  throw new BalancedRecError({
    code: 'create/folder-exists',
    message: 'this path already exists',
    place: folder,
    expected: 'a path that does not exist yet',
    remedy: 'choose another name, or remove what is at this path',
  });
}
