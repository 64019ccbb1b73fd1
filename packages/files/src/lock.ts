import { constants } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';
import { storageError } from './storage-error.js';

/** The locked byte: far beyond the file's text, because on Windows locked bytes cannot be read. */
const LOCKED_BYTE = 2 ** 30;

/**
 * An operating-system lock on a file: no other process holds it, on this machine or, if a shared disk supports locks, on
 * another. The lock ends with the process, however that ends. So there are no stale locks, no process ids that could be
 * confused, and no timeouts. The file says who holds the lock, but only for people; the lock itself is what counts.
 */
export class FileLock {
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /**
   * @param path the lock file, which is created and finally removed
   * @param place what the lock protects, for errors
   * @throws BalancedRecError `files/in-use` if another process holds it; `files/...` if the file cannot be created
   */
  static async acquire(path: string, place: string): Promise<FileLock> {
    const tryLock = loadTryLock();
    for (;;) {
      const file = await openOrMake(path, place);
      try {
        if (!tryLock(file.fd)) throw inUse(place, await holderIn(file));
        // The previous holder may have removed the file after it was opened here.
        if (await isAt(file, path)) {
          await say(file);
          return new FileLock(file, path);
        }
      } catch (error) {
        await file.close();
        throw storageError(error, place, path);
      }
      await file.close();
    }
  }

  /** Whether the file is still in its place: its folder was not moved or removed, for example together with its disk. */
  isInPlace(): Promise<boolean> {
    return isAt(this.#file, this.#path);
  }

  /** Releases the lock and removes its file. */
  async release(): Promise<void> {
    // Removed before the release, because afterwards it may belong to another process.
    if (await this.isInPlace()) await rm(this.#path, { force: true }).catch(() => {});
    await this.#file.close();
  }
}

/**
 * Holds a {@link FileLock} while `use` runs.
 *
 * @throws the errors of {@link FileLock.acquire} and of `use`
 */
export async function withLock<T>(path: string, place: string, use: (lock: FileLock) => Promise<T>): Promise<T> {
  const lock = await FileLock.acquire(path, place);
  try {
    return await use(lock);
  } finally {
    await lock.release();
  }
}

type TryLock = (fd: number) => boolean;

let loaded: TryLock | undefined;

/** If the library has no build for this system, work continues without a lock, after one warning. */
function loadTryLock(): TryLock {
  loaded ??= load();
  return loaded;
}

function load(): TryLock {
  try {
    const { tryLock } = createRequire(import.meta.url)('fs-native-extensions') as {
      tryLock(fd: number, offset: number, length: number): boolean;
    };
    return (fd) => tryLock(fd, LOCKED_BYTE, 1);
  } catch (error) {
    const why = (error as Error).message.split('\n')[0];
    process.emitWarning(
      `file locks are unavailable, so nothing prevents two commands from using the same folder: ${why}`,
    );
    return () => true;
  }
}

async function openOrMake(path: string, place: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT, 0o666);
  } catch (error) {
    throw storageError(error, place, path);
  }
}

async function isAt(file: FileHandle, path: string): Promise<boolean> {
  try {
    const [own, there] = await Promise.all([file.stat({ bigint: true }), stat(path, { bigint: true })]);
    return own.ino === there.ino && own.dev === there.dev;
  } catch {
    return false;
  }
}

/** A full disk may have room for the file but not for its text. The lock still counts. */
async function say(file: FileHandle): Promise<void> {
  const holder = { process: process.pid, host: hostname(), since: new Date().toISOString() };
  await file.truncate(0).catch(() => {});
  await file.write(`${JSON.stringify(holder)}\n`, 0).catch(() => {});
}

async function holderIn(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1000), 0, 1000, 0);
  const text = buffer.subarray(0, bytesRead).toString('utf8').trim();
  return text === '' ? 'another process, which has just started' : text;
}

function inUse(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'files/in-use',
    message: 'another process is already working here',
    place,
    expected: 'no other process',
    found,
    remedy: 'wait until it has finished, or stop it; a process that has ended holds no lock',
  });
}
