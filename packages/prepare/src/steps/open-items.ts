import { BalancedRecError } from '@balanced-rec/errors';
import { KNOWN_COLUMNS } from '../columns/known-columns.js';
import { guessColumn, listed, noSuchColumn } from '../columns/map-columns.js';
import type { Workspace } from '../duckdb/workspace.js';
import type { LogFile } from './read-log.js';

/** The files that describe items, and the column of theirs that names the item. */
export interface ItemFiles {
  readonly files: readonly LogFile[];
  readonly key: string;
  readonly how: 'named' | 'guessed';
}

/**
 * Finds the column that names the item.
 *
 * @param likely the name of the item column of the interactions
 * @throws BalancedRecError `prepare/no-column`
 */
export function findItemKey(files: readonly LogFile[], named: string | undefined, likely: string): ItemFiles {
  const { table, path } = files[0]!;
  const key = named ?? (table.columns.includes(likely) ? likely : guessColumn(table.columns, KNOWN_COLUMNS.item));
  if (key === undefined) throw noKey(table.columns, path);
  for (const file of files) {
    if (!file.table.columns.includes(key)) throw noSuchColumn('items-key', key, file.table.columns, file.path);
  }
  return { files, key, how: named === undefined ? 'guessed' : 'named' };
}

/** Leaves out interactions with items that no row describes. */
export async function keepDescribed(workspace: Workspace, { files, key }: ItemFiles): Promise<void> {
  for (const [number, file] of files.entries()) {
    const ids = `SELECT DISTINCT id FROM ${file.table.select({ id: key })}`;
    await workspace.run(
      number === 0 ? `CREATE TABLE described_ids AS ${ids}` : `INSERT INTO described_ids ${ids}`,
      file,
    );
  }
  const place = 'keeping described items';
  await workspace.run(
    'DELETE FROM interactions WHERE item NOT IN (SELECT number FROM items WHERE id IN (SELECT id FROM described_ids WHERE id IS NOT NULL))',
    place,
  );
  await workspace.run('DROP TABLE described_ids', place);
}

function noKey(columns: readonly string[], place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: 'no column is known to name the item',
    place,
    expected: 'a column named like that of the interactions, or such as item_id',
    found: listed(columns),
    remedy: 'name the column with --items-key',
  });
}
