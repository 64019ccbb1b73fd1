import { quote } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemFiles } from '../columns/item-key.js';
import type { Workspace } from '../duckdb/workspace.js';

const SHOWN = 3;

/**
 * The error for item files that describe no item. It shows ids of both sides, because they often differ only in form.
 *
 * @param table the items that should have been described
 * @returns `prepare/no-match`
 */
export async function noMatch(
  workspace: Workspace,
  { files, key }: ItemFiles,
  table: 'items' | 'final_items',
): Promise<BalancedRecError> {
  const { path, table: described } = files[0]!;
  const inLog = await workspace.rows(`SELECT id FROM ${table} ORDER BY number LIMIT ${SHOWN}`, 'items');
  const inFile = await workspace.inFileOrder(() =>
    workspace.rows(`SELECT ${described.column(key).written} FROM ${described.rows([key])} LIMIT ${SHOWN}`, files[0]!),
  );
  const listed = (rows: readonly unknown[][]) =>
    rows.map(([id]) => (id === null ? 'nothing' : quote(String(id)))).join(', ');
  return new BalancedRecError({
    code: 'prepare/no-match',
    message: 'the item files describe no item of the log',
    place: `${path}, column "${key}"`,
    expected: `ids as in the log: ${listed(inLog)}`,
    found: listed(inFile) || 'no rows',
    remedy: 'name the column with the same ids with --items-key, or write the ids of both files in the same form',
  });
}
