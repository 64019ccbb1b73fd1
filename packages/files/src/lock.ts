import { constants } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { BalancedRecError } from '@balanced-rec/errors';
import { storageError } from './storage-error.js';

/** The byte that is locked: far behind what the file says, since on Windows what is locked cannot be read. */
const LOCKED_BYTE = 2 ** 30;

/**
 * A lock of the operating system on a file: nobody else holds it, on this machine or, where a shared disk has locks, on another. It ends
 * with the process, however that ends, so there is none left by the dead, no id to be mistaken for another's, and no time to go wrong.
 * The file says who holds it, for people; what counts is the lock.
 */
export class FileLock {
  readonly #file: FileHandle;
  readonly #path: string;

  private constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /**
   * @param path of the file, which is made and, in the end, removed
   * @param place what it stands for, in errors
   * @throws BalancedRecError `files/in-use` where another holds it; `files/...` where the file cannot be made
   */
  static async acquire(path: string, place: string): Promise<FileLock> {
    const tryLock = loadTryLock();
    for (;;) {
      const file = await openOrMake(path, place);
      try {
        if (!tryLock(file.fd)) throw inUse(place, await holderIn(file));
        // Whoever held it before may have removed the file since it was opened.
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

  /** Whether the file is still where it was: its folder was not moved or taken away, with the disk that it is on, say. */
  isInPlace(): Promise<boolean> {
    return isAt(this.#file, this.#path);
  }

  /** Lets go of the lock, and removes its file. */
  async release(): Promise<void> {
    // First, as it is another's otherwise.
    if (await this.isInPlace()) await rm(this.#path, { force: true }).catch(() => {});
    await this.#file.close();
  }
}

/** Holds a {@link FileLock} while `use` runs. @throws as {@link FileLock.acquire}, and what `use` throws */
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

/** Where there is no build of the library for the system, work goes on without a lock, and says so once. */
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
    process.emitWarning(`files cannot be locked here, so two commands on one folder are not kept apart: ${why}`);
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

/** A full disk may have room for the file and none for its text, which is no reason not to hold it. */
async function say(file: FileHandle): Promise<void> {
  const holder = { process: process.pid, host: hostname(), since: new Date().toISOString() };
  await file.truncate(0).catch(() => {});
  await file.write(`${JSON.stringify(holder)}\n`, 0).catch(() => {});
}

async function holderIn(file: FileHandle): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1000), 0, 1000, 0);
  const text = buffer.subarray(0, bytesRead).toString('utf8').trim();
  return text === '' ? 'another process, which has just begun' : text;
}

function inUse(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'files/in-use',
    message: 'another process is working here',
    place,
    expected: 'nobody else',
    found,
    remedy: 'wait until it has ended, or end it; a process that has died holds nothing',
  });
}
