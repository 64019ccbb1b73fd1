import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { TextWriter } from '../disk/text-writer.js';
import { quotedField } from './quoted-row.js';
import { parseQuotedTable } from './quoted-table.js';

/** Whether a table has the original ids of users or of items. */
export type IdRole = 'user' | 'item';

/** Where a dataset's folder has the original ids of its users or items. */
export interface IdTable {
  /** `users.tsv` or `items.tsv`. */
  readonly file: string;
  /** The column with the numbers, from 0. */
  readonly number: string;
  /** The column with the original ids: `user_id` or `item_id`. */
  readonly original: string;
}

/** The file and columns with the original ids of users or items. */
export function idTableOf(role: IdRole): IdTable {
  return { file: `${role}s.tsv`, number: 'id', original: `${role}_id` };
}

/**
 * Writes `users.tsv` or `items.tsv` into a folder.
 *
 * @param ids the original ids, in the order of the numbers
 */
export async function writeIdTable(folder: string, role: IdRole, ids: Iterable<string | number>): Promise<void> {
  const { file, number, original } = idTableOf(role);
  const table = await TextWriter.create(join(folder, file));
  try {
    await table.append(`${number}\t${original}\n`);
    let row = 0;
    for (const id of ids) await table.append(`${row++}\t${quotedField(id)}\n`);
  } finally {
    await table.close();
  }
}

/**
 * Reads the original ids of a dataset's users or items, in the order of their numbers, from `users.tsv` (columns `id`,
 * `user_id`) or `items.tsv` (`id`, `item_id`), as written by `balanced-rec prepare`. Returns undefined if there is no such
 * file, or if it has other columns.
 *
 * @param count the number of users or items in the dataset
 * @throws BalancedRecError `ids/malformed` if the file does not name each of the `count` exactly once, in order
 */
export async function readOriginalIds(folder: string, role: IdRole, count: number): Promise<string[] | undefined> {
  const table = idTableOf(role);
  const file = join(folder, table.file);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw malformed(file, 'a readable file', error.message);
  });
  const [header, ...rows] = parseQuotedTable(text ?? '');
  const [number, original] = [table.number, table.original].map((column) => header?.cells.indexOf(column) ?? -1);
  if (number! < 0 || original! < 0) return undefined;
  const fault = rows.findIndex(({ cells }, n) => cells[number!] !== String(n) || !cells[original!]);
  if (fault >= 0) {
    const { line, cells } = rows[fault]!;
    throw malformed(`${file}:${line}`, `id ${fault} and its ${table.original}`, cells.join(', '));
  }
  if (rows.length !== count) throw malformed(file, `${count} ${role}s, as in the dataset`, `${rows.length}`);
  const originals = rows.map(({ cells }) => cells[original!]!);
  if (new Set(originals).size < count) throw malformed(file, 'unique ids', `${new Set(originals).size} different`);
  return originals;
}

function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'ids/malformed',
    message: 'the original ids cannot be used',
    place,
    expected,
    found,
    remedy: 'prepare the dataset again, or remove the file to use the numbers as ids',
  });
}
