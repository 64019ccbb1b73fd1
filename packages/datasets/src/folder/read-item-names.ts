import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What items are called, by item id: the original id and the title, as far as they are known. */
export type ItemNames = Readonly<Record<number, string>>;

const LONGEST_NAME = 60;

/**
 * The names of some items, from `items.jsonl` (line n describes item n; `item_id` is its original id, `title` or `name` its title)
 * or `items.tsv` with a header (`item` or `id` is the item, or else the line is; `orig_id` or `item_id` its original id). They only
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
  const file = ['items.jsonl', 'items.tsv'].find((name) => names.includes(name));
  if (file === undefined || items.size === 0) return found;
  try {
    for await (const { item, record } of file === 'items.jsonl'
      ? jsonLines(join(path, file))
      : table(join(path, file))) {
      if (!items.has(item)) continue;
      const parts = [record.orig_id ?? record.item_id, record.title ?? record.name];
      const name = parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
      if (name !== '') found[item] = name.slice(0, LONGEST_NAME);
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

async function* jsonLines(path: string): AsyncGenerator<Described> {
  let item = 0;
  for await (const line of linesOf(path)) yield { item: item++, record: JSON.parse(line) ?? {} };
}

async function* table(path: string): AsyncGenerator<Described> {
  let header: string[] | undefined;
  let position = 0;
  for await (const line of linesOf(path)) {
    const fields = line.split('\t');
    if (header === undefined) {
      header = fields.map((name) => name.replace(/^\uFEFF/, ''));
      continue;
    }
    const record = Object.fromEntries(header.map((name, n) => [name, fields[n]]));
    yield { item: Number(record.item ?? record.id ?? position), record };
    position++;
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}
