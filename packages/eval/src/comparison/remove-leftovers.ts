import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What an atomic write names a file or folder until it is whole: `<name>.tmp-<process>-<serial>`. */
const temporaryName = /\.tmp-(\d+)-\d+$/;

/** Removes what half-done writes left in a folder, save those of processes that are still running. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const writer = temporaryName.exec(name)?.[1];
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
