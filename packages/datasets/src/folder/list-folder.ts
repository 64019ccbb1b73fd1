import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';

/**
 * The names in a folder, sorted.
 *
 * @throws BalancedRecError `dataset/missing-folder`, `dataset/not-a-folder`, `dataset/unreadable-file`
 */
export async function listFolder(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    throw await explain(path, error as NodeJS.ErrnoException);
  }
}

async function explain(path: string, cause: NodeJS.ErrnoException): Promise<BalancedRecError> {
  const common = { place: path, expected: 'the folder of a dataset', found: cause.message, cause };
  if (cause.code === 'ENOENT') {
    const remedy = await suggestNeighbour(path);
    return new BalancedRecError({
      ...common,
      code: 'dataset/missing-folder',
      message: 'the folder is missing',
      remedy,
    });
  }
  if (cause.code === 'ENOTDIR') {
    const remedy = `give the folder that holds it: ${dirname(path)}`;
    return new BalancedRecError({ ...common, code: 'dataset/not-a-folder', message: 'this is not a folder', remedy });
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
  return `check the path; relative paths start at ${process.cwd()}`;
}
