import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { DatasetLayout } from '../dataset/dataset.js';

/** Where LATTICE keeps its splits. */
const LATTICE_FOLDER = '5-core';

/** What a prepared folder says of itself. */
const RECORD = 'dataset.json';

/** The files that hold the interactions, and the name that the dataset goes by. */
export type InteractionFiles =
  | { readonly layout: 'mmrec'; readonly name: string; readonly table: string }
  | { readonly layout: 'lattice'; readonly name: string; readonly folder: string };

/**
 * Tells the layout of a dataset from the names in its folder: an `.inter` table (MMRec) or a folder `5-core` (LATTICE).
 *
 * @param wanted settles it where both are there
 * @throws BalancedRecError `dataset/unknown-layout`, `dataset/ambiguous-layout`, `dataset/several-inter-files`
 */
export function findLayout(path: string, names: readonly string[], wanted?: DatasetLayout): InteractionFiles {
  const folderName = basename(resolve(path));
  const tables = wanted === 'lattice' ? [] : names.filter((name) => name.endsWith('.inter'));
  const hasLattice = wanted !== 'mmrec' && names.includes(LATTICE_FOLDER);
  if (tables.length > 0 && hasLattice) throw ambiguousLayout(path, tables);
  if (hasLattice) return { layout: 'lattice', name: folderName, folder: join(path, LATTICE_FOLDER) };
  const table = tables.length === 1 ? tables[0] : tables.find((name) => name === `${folderName}.inter`);
  if (table !== undefined) return { layout: 'mmrec', name: basename(table, '.inter'), table: join(path, table) };
  throw tables.length === 0 ? unknownLayout(path, names) : severalTables(path, tables);
}

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

function ambiguousLayout(path: string, tables: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/ambiguous-layout',
    message: 'the folder holds interactions in both layouts',
    place: path,
    expected: `either an .inter table or a folder ${LATTICE_FOLDER}`,
    found: `${tables.join(', ')} and ${LATTICE_FOLDER}`,
    remedy: `move one of them away, or say which to read with the option layout: 'mmrec' or 'lattice'`,
  });
}

function severalTables(path: string, tables: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/several-inter-files',
    message: 'the folder holds several .inter tables',
    place: path,
    expected: `one .inter table, or one that is named like the folder: ${basename(resolve(path))}.inter`,
    found: tables.join(', '),
    remedy: 'move the others away, or rename the right one',
  });
}

function unknownLayout(path: string, names: readonly string[]): BalancedRecError {
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
  return new BalancedRecError({
    code: 'dataset/unknown-layout',
    message: 'the folder holds no interactions',
    place: path,
    expected: `<name>.inter (MMRec layout), or ${LATTICE_FOLDER}/train.json, val.json and test.json (LATTICE layout)`,
    found: names.length === 0 ? 'an empty folder' : shown,
    remedy: 'give the folder of one dataset, with the interactions in one of these layouts',
  });
}
