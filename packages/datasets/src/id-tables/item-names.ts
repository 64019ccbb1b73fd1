import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseExactJson } from './exact-json.js';
import { QuotedTableReader, type TableRow } from './quoted-table.js';

/** The names of items, by item id: the original id and the title, as far as they are known. */
export type ItemNames = Readonly<Record<number, string>>;

/** The item lists that may be in a dataset's folder. The first one present is used. */
export const ITEM_LISTS: readonly string[] = ['items.jsonl', 'items.tsv'];

/** The columns that may contain the original item ids. The first one present in a row is used. */
export const ORIGINAL_ITEM_ID_COLUMNS: readonly string[] = ['orig_id', 'item_id'];

const LONGEST_NAME = 60;

/**
 * Reads the names of some items from `items.jsonl` (line n describes item n; `item_id` is its original id, `title` or `name`
 * its title) or from `items.tsv` with a header (`item` or `id` is the item, otherwise the row number is; `orig_id` or `item_id`
 * is its original id). The names only make a report easier to read, so missing or unreadable ones are left out.
 *
 * @param names the names of the files in the folder
 */
export async function readItemNames(
  path: string,
  names: readonly string[],
  items: ReadonlySet<number>,
): Promise<ItemNames> {
  const found: Record<number, string> = {};
  const file = ITEM_LISTS.find((name) => names.includes(name));
  if (file === undefined || items.size === 0) return found;
  try {
    const described = file.endsWith('.jsonl') ? jsonLines(join(path, file)) : table(join(path, file));
    for await (const { item, record } of described) {
      if (!items.has(item)) continue;
      const name = nameOf(record);
      if (name !== '') found[item] = name;
    }
  } catch {
    // What was found before the unreadable part is still right.
  }
  return found;
}

interface Described {
  readonly item: number;
  readonly record: Readonly<Record<string, unknown>>;
}

function nameOf(record: Described['record']): string {
  const id = ORIGINAL_ITEM_ID_COLUMNS.map((column) => record[column]).find((value) => value != null);
  const parts = [id, record.title ?? record.name];
  const name = parts.filter((part) => ['string', 'number', 'bigint'].includes(typeof part)).join(' ');
  return name.replaceAll(/[\t\r\n]+/g, ' ').slice(0, LONGEST_NAME);
}

async function* jsonLines(path: string): AsyncGenerator<Described> {
  let item = 0;
  for await (const line of linesOf(path))
    yield { item: item++, record: (parseExactJson(line) ?? {}) as Described['record'] };
}

async function* table(path: string): AsyncGenerator<Described> {
  let header: readonly string[] | undefined;
  let row = 0;
  for await (const { cells } of tableRows(path)) {
    if (header === undefined) {
      header = cells;
      continue;
    }
    const record = Object.fromEntries(header.map((name, n) => [name, cells[n]]));
    yield { item: Number(record.item ?? record.id ?? row), record };
    row++;
  }
}

async function* tableRows(path: string): AsyncGenerator<TableRow> {
  const reader = new QuotedTableReader();
  for await (const line of linesOf(path)) yield* reader.push(line);
  yield* reader.end();
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let isFirst = true;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    yield isFirst ? line.replace(/^\uFEFF/, '') : line;
    isFirst = false;
  }
}
