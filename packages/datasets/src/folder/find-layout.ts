import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { DatasetLayout } from '../dataset/dataset.js';

/** The folder in which LATTICE keeps its splits. */
const LATTICE_FOLDER = '5-core';

/** The record in a folder written by `prepare`. */
const RECORD = 'dataset.json';

/** The files with the interactions, and the dataset's name. */
export type InteractionFiles =
  | { readonly layout: 'mmrec'; readonly name: string; readonly table: string }
  | { readonly layout: 'lattice'; readonly name: string; readonly folder: string };

/**
 * Detects the layout of a dataset from the names in its folder: an `.inter` table (MMRec) or a folder `5-core` (LATTICE).
 *
 * @param wanted which layout to read if both are present
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
 * The layout to read from a folder that was prepared in both. They have the same content, so either would do. Returns undefined
 * if the folder does not record that.
 */
export async function preparedLayout(path: string, names: readonly string[]): Promise<DatasetLayout | undefined> {
  if (!names.includes(RECORD)) return undefined;
  try {
    const { layouts } = JSON.parse(await readFile(join(path, RECORD), 'utf8')) as { layouts?: unknown };
    return Array.isArray(layouts) && layouts.includes('mmrec') && layouts.includes('lattice') ? 'mmrec' : undefined;
  } catch {
    // A file with this name may come from any program.
    return undefined;
  }
}

function ambiguousLayout(path: string, tables: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/ambiguous-layout',
    message: 'the folder has interactions in both layouts',
    place: path,
    expected: `either an .inter table or a folder ${LATTICE_FOLDER}`,
    found: `${tables.join(', ')} and ${LATTICE_FOLDER}`,
    remedy: `remove one of them, or choose one with the option layout: 'mmrec' or 'lattice'`,
  });
}

function severalTables(path: string, tables: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'dataset/several-inter-files',
    message: 'the folder has several .inter tables',
    place: path,
    expected: `one .inter table, or one named after the folder: ${basename(resolve(path))}.inter`,
    found: tables.join(', '),
    remedy: 'remove the others, or rename the right one',
  });
}

function unknownLayout(path: string, names: readonly string[]): BalancedRecError {
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ` and ${names.length - 20} more` : '');
  return new BalancedRecError({
    code: 'dataset/unknown-layout',
    message: 'the folder has no interactions',
    place: path,
    expected: `<name>.inter (MMRec layout), or ${LATTICE_FOLDER}/train.json, val.json and test.json (LATTICE layout)`,
    found: names.length === 0 ? 'an empty folder' : shown,
    remedy: 'pass the folder of a single dataset, with its interactions in one of these layouts',
  });
}
