import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';

/**
 * Keeps a second process from the same work while `use` runs. What a killed process has left counts no longer.
 *
 * @param path a file that exists for as long
 * @throws BalancedRecError `features/busy`
 */
export async function withLock<T>(path: string, use: () => Promise<T>): Promise<T> {
  const own = JSON.stringify({ process: process.pid, host: hostname() });
  if (!(await tryLock(path, own))) {
    const holder = await readFile(path, 'utf8').catch(() => '');
    if (isAlive(holder)) throw busy(path, holder);
    await rm(path, { force: true });
    if (!(await tryLock(path, own))) throw busy(path, 'another process that has just started');
  }
  try {
    return await use();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string, own: string): Promise<boolean> {
  try {
    await writeFile(path, own, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Of a process on another machine nothing is known, so it counts as alive. */
function isAlive(holder: string): boolean {
  const [, id, host] = /^\{"process":(\d+),"host":(".*")\}$/.exec(holder) ?? [];
  if (id === undefined) return false;
  if (host !== JSON.stringify(hostname())) return true;
  try {
    // Of another user's process this fails too, but with EPERM.
    process.kill(Number(id), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function busy(place: string, holder: string): BalancedRecError {
  return new BalancedRecError({
    code: 'features/busy',
    message: 'another process is making these features',
    place,
    expected: 'nobody else',
    found: holder,
    remedy: 'wait for it; if there is no such process, remove this file',
  });
}
