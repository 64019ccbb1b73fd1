import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Makes a folder beside an engine's, on the same file system, to build in; clears away those of processes that were killed.
 * @param folder the engine's
 */
export async function makeWorkingFolder(folder: string): Promise<string> {
  await removeLeftovers(folder);
  const working = join(dirname(folder), `${leftoverStart(folder)}${process.pid}`);
  await mkdir(working, { recursive: true });
  return working;
}

/** Puts a finished folder in an engine's place; an older one goes. */
export async function moveIntoPlace(finished: string, folder: string): Promise<void> {
  const old = join(dirname(folder), `${leftoverStart(folder)}${process.pid}-old`);
  await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(finished, folder);
  await rm(old, { recursive: true, force: true });
}

/** Removes the working folders of an engine whose processes are gone. */
export async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  const start = leftoverStart(folder);
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = name.startsWith(start) ? Number.parseInt(name.slice(start.length), 10) : process.pid;
    if (owner !== process.pid && !isRunning(owner)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function leftoverStart(folder: string): string {
  return `.${basename(folder)}-`;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
