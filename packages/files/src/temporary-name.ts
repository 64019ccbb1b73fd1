import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

let serial = 0;

/** A name next to `path` that no other writer uses, and that identifies the writer: `<path>.tmp-<process>-<serial>`. */
export function temporaryName(path: string): string {
  serial += 1;
  return `${path}.tmp-${process.pid}-${serial}`;
}

/**
 * Removes what unfinished writes left in a folder, except those of running processes.
 *
 * @param of limits this to files and folders whose names start with it
 */
export async function removeLeftovers(folder: string, of = ''): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const writer = name.startsWith(of) ? WRITER.exec(name)?.[1] : undefined;
    if (writer !== undefined && !isRunning(Number(writer)))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** The process id in a temporary name. */
const WRITER = /\.tmp-(\d+)-\d+$/;

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
