import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ids } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { parseQuotedTable } from './quoted-table.js';

/**
 * What a dataset calls its users or items: `users.tsv` (columns `id`, `user_id`) or `items.tsv` (`id`, `item_id`), as
 * `balanced-rec prepare` writes them; their numbers where it has no such file, or one with other columns.
 *
 * @throws BalancedRecError `ids/malformed` where the file does not name each of `count` exactly once, in order
 */
export async function readIds(folder: string, role: 'user' | 'item', count: number): Promise<Ids> {
  const file = join(folder, `${role}s.tsv`);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw malformed(file, 'a readable file', error.message);
  });
  const [header = [], ...rows] = parseQuotedTable(text ?? '');
  const [number, original] = [header.indexOf('id'), header.indexOf(`${role}_id`)];
  if (number < 0 || original < 0) return Ids.numbers(count);
  const fault = rows.findIndex((row, n) => row[number] !== String(n) || !row[original]);
  if (fault >= 0) throw malformed(`${file}:${fault + 2}`, `id ${fault} and its ${role}_id`, rows[fault]!.join(', '));
  if (rows.length !== count) throw malformed(file, `${count} ${role}s, as the dataset has`, `${rows.length}`);
  const originals = rows.map((row) => row[original]!);
  if (new Set(originals).size < count) throw malformed(file, 'each id once', `${new Set(originals).size} different`);
  return Ids.originals(originals);
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'ids/malformed',
    message: 'the original ids cannot be used',
    place,
    expected,
    found,
    remedy: 'prepare the dataset again, or name users and items by number with --ids number',
  });
}
