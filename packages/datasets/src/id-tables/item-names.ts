import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { QuotedTableReader, type TableRow } from './quoted-table.js';

/** What items are called, by item id: the original id and the title, as far as they are known. */
export type ItemNames = Readonly<Record<number, string>>;

/** The lists of items that may lie in a dataset's folder; the first that is there counts. */
export const ITEM_LISTS: readonly string[] = ['items.jsonl', 'items.tsv'];

/** What a list of items may call their original ids; the first that an item has counts. */
export const ORIGINAL_ITEM_ID_COLUMNS: readonly string[] = ['orig_id', 'item_id'];

const LONGEST_NAME = 60;

/**
 * The names of some items, from `items.jsonl` (line n describes item n; `item_id` is its original id, `title` or `name` its title)
 * or `items.tsv` with a header (`item` or `id` is the item, or else the row is; `orig_id` or `item_id` its original id). They only
 * make a report easier to read, so what is missing or unreadable is left out.
 *
 * @param names what the folder holds
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
    // What was found before the file broke off is still right.
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
  const name = parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
  return name.replaceAll(/[\t\r\n]+/g, ' ').slice(0, LONGEST_NAME);
}

async function* jsonLines(path: string): AsyncGenerator<Described> {
  let item = 0;
  for await (const line of linesOf(path)) yield { item: item++, record: JSON.parse(line) ?? {} };
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

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}
