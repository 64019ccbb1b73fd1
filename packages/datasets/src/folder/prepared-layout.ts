import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetLayout } from '../dataset.js';

/** What a prepared folder says of itself. */
const RECORD = 'dataset.json';

/**
 * Which layout to read of a folder that was prepared in several: they hold the same, so any would do. Undefined where the folder
 * says nothing of the kind.
 */
export async function preparedLayout(path: string, names: readonly string[]): Promise<DatasetLayout | undefined> {
  if (!names.includes(RECORD)) return undefined;
  try {
    const { layouts } = JSON.parse(await readFile(join(path, RECORD), 'utf8')) as { layouts?: unknown };
    return Array.isArray(layouts) && layouts.includes('mmrec') && layouts.includes('lattice') ? 'mmrec' : undefined;
  } catch {
    // A file of this name may be anybody's.
    return undefined;
  }
}
