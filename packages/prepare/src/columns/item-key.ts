import { BalancedRecError } from '@balanced-rec/errors';
import type { TableFile } from '../tables/table.js';
import { KNOWN_COLUMNS } from './known-columns.js';
import { guessColumn, listed, noSuchColumn } from './map-columns.js';

/** The files that describe items, and their column with the item id. */
export interface ItemFiles {
  readonly files: readonly TableFile[];
  readonly key: string;
  readonly how: 'named' | 'guessed';
}

/**
 * Finds the column with the item id.
 *
 * @param likely the name of the item column in the interactions
 * @throws BalancedRecError `prepare/no-column`
 */
export function findItemKey(files: readonly TableFile[], named: string | undefined, likely: string): ItemFiles {
  const { table, path } = files[0]!;
  const key = named ?? (table.columns.includes(likely) ? likely : guessColumn(table.columns, KNOWN_COLUMNS.item));
  if (key === undefined) throw noKey(table.columns, path);
  for (const file of files) {
    if (!file.table.columns.includes(key)) throw noSuchColumn('items-key', key, file.table.columns, file.path);
  }
  return { files, key, how: named === undefined ? 'guessed' : 'named' };
}

function noKey(columns: readonly string[], place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: 'cannot detect the item column',
    place,
    expected: 'a column named like the item column of the interactions, or for example item_id',
    found: listed(columns),
    remedy: 'name the column with --items-key',
  });
}
