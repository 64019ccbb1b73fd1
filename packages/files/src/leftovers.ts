import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WRITER } from './temporary-name.js';

/**
 * Removes what half-done writes left in a folder, save those of processes that are still running.
 * @param of only what is left of the files and folders whose names begin so
 */
export async function removeLeftovers(folder: string, of = ''): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const writer = name.startsWith(of) ? WRITER.exec(name)?.[1] : undefined;
    if (writer !== undefined && !isRunning(Number(writer)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
