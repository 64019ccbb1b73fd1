import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { isAbsolute, join, posix, sep, win32 } from 'node:path';
import { quote } from '@balanced-rec/datasets';
import { Fault } from '../items/item-inputs.js';

/** A file that is guaranteed to be below a folder. */
export interface FileWithin {
  readonly path: string;
  readonly size: number;
  readonly changed: number;
}

/** Does not follow a final link, and does not block on a pipe. Windows has neither flag. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Finds the file that a path names below `root`. Refuses absolute paths, `..`, NUL bytes and links that lead outside, whether
 * or not they exist, and everything that is not a regular file.
 *
 * @param root an absolute path without links (`realpath`)
 */
export async function findWithin(root: string, relative: string): Promise<FileWithin | Fault> {
  return withOpenFile(root, relative, async (file, path) => {
    const { size, mtimeMs } = await file.stat();
    return { path, size, changed: mtimeMs };
  });
}

/** Reads such a file, or returns a fault if it has more than `most` bytes. */
export async function readWithin(root: string, relative: string, most: number): Promise<Uint8Array | Fault> {
  return withOpenFile(root, relative, async (file) => {
    const { size } = await file.stat();
    if (size > most) return new Fault('too-large', `${size} bytes, over ${most}`);
    // One extra byte: a file that grows in the meantime is not read to its end.
    const bytes = new Uint8Array(size + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read) {
      read = (await file.read(bytes, length, bytes.length - length, length)).bytesRead;
    }
    return bytes.subarray(0, Math.min(length, size));
  });
}

async function withOpenFile<T>(
  root: string,
  relative: string,
  use: (file: FileHandle, path: string) => Promise<T | Fault>,
): Promise<T | Fault> {
  const outside = whyOutside(relative);
  if (outside !== undefined) return new Fault('refused', `${outside}: ${quote(relative)}`);
  let file: FileHandle | undefined;
  try {
    const path = await realpath(join(root, relative));
    if (!isBelow(root, path)) return new Fault('refused', `a link that leads out of the folder: ${quote(relative)}`);
    file = await open(path, READ);
    if (!(await file.stat()).isFile()) return new Fault('missing', `not a file: ${quote(relative)}`);
    return await use(file, path);
  } catch (error) {
    return faultOf(error as NodeJS.ErrnoException, relative);
  } finally {
    await file?.close();
  }
}

/** Why a path is refused by its text alone. Windows forms count everywhere, because a list may be used on several machines. */
function whyOutside(relative: string): string | undefined {
  if (relative.includes('\0')) return 'a NUL byte';
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(relative)) return 'an address, not a file; download it first';
  if (isAbsolute(relative) || posix.isAbsolute(relative) || win32.isAbsolute(relative) || /^[a-z]:/i.test(relative)) {
    return 'an absolute path';
  }
  return relative.split(/[\\/]/).includes('..') ? 'a path with ".."' : undefined;
}

function isBelow(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function faultOf(error: NodeJS.ErrnoException, relative: string): Fault {
  if (error.code === undefined) throw error;
  const isLoop = error.code === 'ELOOP';
  return new Fault(isLoop ? 'refused' : 'missing', `${error.code}: ${quote(relative)}`);
}
