import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BalancedRecError } from '@balanced-rec/errors';
import { describe, expect, test } from 'vitest';
import { FileLock, withLock } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

const holder = fileURLToPath(new URL('./hold-lock.ts', import.meta.url));

describe('a lock', () => {
  const folder = temporaryFolder();
  const path = () => join(folder.path, 'lock');

  /** Starts a process that holds the lock until it is terminated. */
  async function held() {
    const node = ['--import', 'tsx', '--conditions=@balanced-rec/source', holder, path()];
    const child = spawn(process.execPath, node, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return child;
  }

  test('keeps out a second process, names the first one, and ends with it however it ends', async () => {
    const child = await held();
    const error = (await FileLock.acquire(path(), 'the place').catch((thrown) => thrown)) as BalancedRecError;
    expect(error.details).toMatchObject({ code: 'files/in-use', place: 'the place' });
    expect(JSON.parse(error.details.found!)).toMatchObject({ process: child.pid, host: hostname() });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder.path)).toEqual(['lock']);
    expect(await withLock(path(), 'the place', async () => 'mine')).toBe('mine');
    expect(await readdir(folder.path)).toEqual([]);
  });

  test.each([
    ['a process that runs', JSON.stringify({ process: process.pid, host: hostname() })],
    ['another host', JSON.stringify({ process: 1, host: 'elsewhere' })],
    ['nobody', ''],
  ])('does not depend on what the file says about %s', async (_, text) => {
    await writeFile(path(), text);
    expect(await withLock(path(), 'the place', async (lock) => lock.isInPlace())).toBe(true);
  });

  test('is also exclusive within a process, and is released after an error', async () => {
    const boom = new Error('boom');
    const inside = withLock(path(), 'the place', async () => {
      await expect(FileLock.acquire(path(), 'the place')).rejects.toThrow('another process');
      throw boom;
    });
    await expect(inside).rejects.toBe(boom);
    await withLock(path(), 'the place', async () => {});
  });

  test('is held by exactly one of many concurrent requests', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => FileLock.acquire(path(), 'the place')));
    const [only, ...others] = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(others).toEqual([]);
    await only!.release();
  });

  test('detects that its folder was replaced', async () => {
    const inner = join(folder.path, 'inner');
    await mkdir(inner);
    const lock = await FileLock.acquire(join(inner, 'lock'), inner);
    expect(await lock.isInPlace()).toBe(true);
    await rename(inner, `${inner}.moved`);
    await mkdir(inner);
    await writeFile(join(inner, 'lock'), 'of somebody else');
    expect(await lock.isInPlace()).toBe(false);
    await lock.release();
    expect(await readFile(join(inner, 'lock'), 'utf8')).toBe('of somebody else');
  });
});
