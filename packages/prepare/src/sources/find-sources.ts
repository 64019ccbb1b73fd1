import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { literal, type Workspace } from '../duckdb/workspace.js';
import type { FileFormat } from '../options/prepare-options.js';
import { inspectFile } from './inspect-file.js';
import { isRemotePath, loadRemoteFiles, remoteSource } from './remote-files.js';
import { formatByName, type SourceFile } from './source-file.js';

/**
 * Finds the files that match paths and patterns (`*`, `?`, `[...]`, `**`), in the given order, with the files of a pattern
 * sorted by name, and inspects each of them.
 *
 * @param format the format of all files, if their names do not reveal it
 * @throws BalancedRecError `prepare/missing-file`, `prepare/unsupported-path`, `prepare/no-remote-files`,
 *   `prepare/unknown-format` and those of {@link inspectFile}
 */
export async function findSources(
  workspace: Workspace,
  paths: readonly string[],
  format: FileFormat | undefined,
  signal: AbortSignal | undefined,
): Promise<SourceFile[]> {
  const sources: SourceFile[] = [];
  for (const path of paths) {
    const isRemote = isRemotePath(path);
    if (isRemote) await loadRemoteFiles(workspace, path);
    for (const found of await expand(workspace, path, isRemote)) {
      const known = format ?? formatByName(found);
      sources.push(isRemote ? remoteSource(found, known) : await localSource(found, known, signal));
    }
  }
  return sources;
}

/**
 * Refuses source files inside the folder that would be replaced, because they would be lost.
 *
 * @throws BalancedRecError `prepare/source-in-output`
 */
export function keepSources(sources: readonly SourceFile[], out: string): void {
  const inside = resolve(out) + sep;
  const lost = sources.find(({ path, isRemote }) => !isRemote && resolve(path).startsWith(inside));
  if (lost === undefined) return;
  throw new BalancedRecError({
    code: 'prepare/source-in-output',
    message: 'the file is in the folder to be replaced, and would be lost',
    place: lost.path,
    expected: `a file outside ${out}`,
    found: 'a file inside it',
    remedy: 'choose another output folder, or move the file',
  });
}

async function localSource(path: string, format: FileFormat, signal: AbortSignal | undefined): Promise<SourceFile> {
  // Brackets and asterisks in the file name itself would be read as a pattern.
  const pattern = path.replaceAll(/[[*?]/g, (character) => `[${character}]`);
  return { path, pattern, format, isRemote: false, ...(await inspectFile(path, format, signal)) };
}

async function expand(workspace: Workspace, path: string, isRemote: boolean): Promise<string[]> {
  const isPattern = /[*?[]/.test(path) && (isRemote ? !path.startsWith('http') : !existsSync(path));
  if (!isPattern) {
    if (isRemote || existsSync(path)) return [path];
    throw missing(path);
  }
  const found = await workspace.rows(`SELECT file FROM glob(${literal(path)}) ORDER BY file`, path);
  if (found.length === 0) throw missing(path);
  return found.map(([file]) => file as string);
}

function missing(path: string): BalancedRecError {
  const parent = dirname(path);
  const near = existsSync(parent) ? nearestName(basename(path), readdirSync(parent)) : undefined;
  const isPattern = /[*?[]/.test(path);
  return new BalancedRecError({
    code: 'prepare/missing-file',
    message: isPattern ? 'no file matches this pattern' : 'the file does not exist',
    place: path,
    expected: 'at least one file',
    found: 'none',
    remedy:
      near === undefined || isPattern
        ? `check the path; relative paths are resolved from ${process.cwd()}`
        : `did you mean ${join(parent, near)}?`,
  });
}
