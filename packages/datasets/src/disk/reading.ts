import { type FileHandle, open, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/** A single read call returns at most 2 GiB - 1, and feature files can be larger. */
const CHUNK = 2 ** 30;

/**
 * Reads all bytes of a file.
 *
 * @throws BalancedRecError `dataset/missing-file`, `dataset/unreadable-file`
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await readAll(file);
  } catch (error) {
    throw unreadableFile(path, error as NodeJS.ErrnoException);
  } finally {
    await file?.close();
  }
}

/**
 * Lists the names in a folder, sorted.
 *
 * @throws BalancedRecError `dataset/missing-folder`, `dataset/not-a-folder`, `dataset/unreadable-file`
 */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    throw await unreadableFolder(path, error as NodeJS.ErrnoException);
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

function unreadableFile(path: string, cause: NodeJS.ErrnoException): BalancedRecError {
  const missing = cause.code === 'ENOENT';
  return new BalancedRecError({
    code: missing ? 'dataset/missing-file' : 'dataset/unreadable-file',
    message: missing ? 'the file does not exist' : 'the file cannot be read',
    place: path,
    expected: 'a readable file',
    found: cause.message,
    remedy: missing
      ? 'check the path, or download the dataset again'
      : 'check that it is a file and that you may read it',
    cause,
  });
}

async function unreadableFolder(path: string, cause: NodeJS.ErrnoException): Promise<BalancedRecError> {
  const common = { place: path, expected: 'a dataset folder', found: cause.message, cause };
  if (cause.code === 'ENOENT') {
    const remedy = await suggestNeighbour(path);
    return new BalancedRecError({
      ...common,
      code: 'dataset/missing-folder',
      message: 'the folder does not exist',
      remedy,
    });
  }
  if (cause.code === 'ENOTDIR') {
    const remedy = `pass the folder that contains it: ${dirname(path)}`;
    return new BalancedRecError({ ...common, code: 'dataset/not-a-folder', message: 'not a folder', remedy });
  }
  const remedy = 'check the permissions';
  return new BalancedRecError({
    ...common,
    code: 'dataset/unreadable-file',
    message: 'the folder cannot be read',
    remedy,
  });
}

async function suggestNeighbour(path: string): Promise<string> {
  const parent = dirname(resolve(path));
  const neighbours = await readdir(parent).catch(() => []);
  const near = nearestName(basename(path), neighbours);
  if (near !== undefined) return `did you mean ${join(dirname(path), near)}?`;
  return `check the path; relative paths are resolved from ${process.cwd()}`;
}
