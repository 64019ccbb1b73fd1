import { type FileHandle, open } from 'node:fs/promises';
import { BalancedRecError } from '@balanced-rec/errors';

/** One read call takes at most 2 GiB - 1, and feature files can be larger. */
const CHUNK = 2 ** 30;

/**
 * All bytes of a file.
 *
 * @throws BalancedRecError `dataset/missing-file`, `dataset/unreadable-file`
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readAll(file);
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException);
  } finally {
    await file?.close();
  }
}

async function readAll(file: FileHandle): Promise<Uint8Array> {
  const { size } = await file.stat();
  const bytes = new Uint8Array(size);
  for (let position = 0; position < size; ) {
    const { bytesRead } = await file.read(bytes, position, Math.min(CHUNK, size - position), position);
    if (bytesRead === 0) return bytes.subarray(0, position);
    position += bytesRead;
  }
  return bytes;
}

function unreadable(path: string, cause: NodeJS.ErrnoException): BalancedRecError {
  const missing = cause.code === 'ENOENT';
  return new BalancedRecError({
    code: missing ? 'dataset/missing-file' : 'dataset/unreadable-file',
    message: missing ? 'the file is missing' : 'the file cannot be read',
    place: path,
    expected: 'a readable file',
    found: cause.message,
    remedy: missing ? 'check the path, or download the dataset again' : 'check that it is a file and its permissions',
    cause,
  });
}
