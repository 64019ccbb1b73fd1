import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ITEM_LISTS, ORIGINAL_ITEM_ID_COLUMNS, quote, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { type ItemRecord, itemId } from './item-record.js';
import { readRecords } from './read-records.js';

/** The items of a dataset, in the row order of its feature files. */
export interface ItemIds {
  /** The item list, or the dataset if it has none. */
  readonly place: string;
  /** Row n is item n. */
  readonly ids: readonly string[];
  /** Row by id. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Reads the ids of a dataset's items from its `items.jsonl` (row n is item n, `item_id` its id) or `items.tsv` (`item` numbers
 * the rows, `orig_id` or `item_id` is the id). If it has neither, the item numbers are the ids. `onRecord` receives each record
 * of a list.
 *
 * @throws BalancedRecError `items/no-list`, `items/out-of-order`, `items/duplicate-id`, `items/bad-id`,
 *   `items/fewer-than-dataset`, and the errors of the dataset's reader and the file's reader
 */
export async function readItemIds(
  folder: string,
  onRecord: (record: ItemRecord, row: number) => void = () => {},
): Promise<ItemIds> {
  const names = await listFolder(folder);
  const list = ITEM_LISTS.find((name) => names.includes(name));
  const itemCount = await countItems(folder, names, list !== undefined);
  if (list === undefined) {
    const ids = Array.from({ length: itemCount }, (_, row) => String(row));
    return { place: folder, ids, rowOf: new Map(ids.map((id, row) => [id, row])) };
  }
  const place = join(folder, list);
  const items = await readList(place, onRecord);
  if (items.ids.length < itemCount) throw fewerThanDataset(place, items.ids.length, itemCount);
  return items;
}

async function readList(place: string, onRecord: (record: ItemRecord, row: number) => void): Promise<ItemIds> {
  const ids: string[] = [];
  const rowOf = new Map<string, number>();
  for await (const record of readRecords(place, [])) {
    const row = ids.length;
    const { fields } = record;
    if (Object.hasOwn(fields, 'item') && place.endsWith('.tsv')) checkOrder(fields.item, row, record.place);
    const column = [...ORIGINAL_ITEM_ID_COLUMNS, 'item'].find((name) => Object.hasOwn(fields, name));
    const id = itemId(column && fields[column], record.place);
    if (rowOf.has(id)) throw duplicateId(id, record.place, rowOf.get(id)!);
    ids.push(id);
    rowOf.set(id, row);
    onRecord(record, row);
  }
  if (ids.length === 0) throw noList(place, 'an empty list');
  return { place, ids, rowOf };
}

/** Counts the items that the interactions need; 0 for a folder with only an item list. */
async function countItems(folder: string, names: readonly string[], hasList: boolean): Promise<number> {
  const hasInteractions = names.some((name) => name.endsWith('.inter') || name === '5-core');
  if (!hasInteractions && hasList) return 0;
  if (!hasInteractions) throw noList(folder, names.slice(0, 20).join(', ') || 'an empty folder');
  return (await readDataset(folder, { modalities: [], requireFeatures: false })).itemCount;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw unreadableFolder(
      {
        code: 'items/missing-folder',
        message: 'the dataset folder cannot be read',
        place: folder,
        expected: 'a dataset folder',
      },
      cause,
    );
  }
}

/** The error for an unreadable folder, depending on what it should be. */
export function unreadableFolder(
  folder: Pick<ErrorDetails, 'code' | 'message' | 'place' | 'expected'>,
  cause: unknown,
): BalancedRecError {
  return new BalancedRecError({
    ...folder,
    found: (cause as Error).message,
    remedy: `check the path; relative paths are resolved from ${process.cwd()}`,
    cause,
  });
}

function checkOrder(found: unknown, row: number, place: string): void {
  if (String(found) === String(row)) return;
  throw new BalancedRecError({
    code: 'items/out-of-order',
    message: 'the items are not in the order of their numbers',
    place,
    expected: `item ${row}: items count from 0, one per row`,
    found: quote(String(found)),
    remedy: 'sort the list by its column "item", without gaps',
  });
}

function duplicateId(id: string, place: string, first: number): BalancedRecError {
  return new BalancedRecError({
    code: 'items/duplicate-id',
    message: 'duplicate item id',
    place,
    expected: 'a unique id for each item',
    found: `${quote(id)}, which is also item ${first}`,
    remedy: 'use the list that was written together with the interactions',
  });
}

function noList(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'items/no-list',
    message: 'the items of the dataset are unknown',
    place,
    expected: `${ITEM_LISTS.join(' or ')} with the ids of the items in order, or interactions`,
    found,
    remedy: 'write items.jsonl: one line { "item_id": "...", ... } per item, in the order of the item numbers',
  });
}

function fewerThanDataset(place: string, found: number, needed: number): BalancedRecError {
  return new BalancedRecError({
    code: 'items/fewer-than-dataset',
    message: 'the list has fewer items than the interactions',
    place,
    expected: `${needed} items`,
    found: `${found}`,
    remedy: 'use the list that was written together with the interactions',
  });
}
