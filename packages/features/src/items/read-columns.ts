import { basename } from 'node:path';
import { countOf } from '@balanced-rec/datasets';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { type ItemRecord, idAmong, itemId } from './item-record.js';
import { type ItemIds, readItemIds } from './read-item-ids.js';
import { readRecords } from './read-records.js';

/** The table with the columns, if it is not the dataset's own item list. */
export interface ItemTable {
  /** Delimited text, JSON, JSON Lines or Parquet. */
  readonly file: string;
  /** The column with the ids of the dataset's items; default `item_id`. */
  readonly idColumn?: string | undefined;
}

/** The items' values in the requested columns. */
export interface ItemColumns {
  readonly items: ItemIds;
  /** The table they were read from. */
  readonly place: string;
  /** By row: the values in the order of the columns; undefined if the table does not have the item. */
  readonly values: readonly (readonly unknown[] | undefined)[];
  readonly notes: readonly string[];
}

/** No item table has more columns than this, but the keys of JSON objects may be anything. */
const MOST_COLUMNS = 1000;

/**
 * Reads columns from a dataset's own item list, or from another table matched by id. If another table has several records for
 * an item, the first one is used.
 *
 * @throws BalancedRecError `items/unknown-column`, and the errors of `readItemIds` and `readRecords`
 */
export async function readColumns(
  folder: string,
  columns: readonly string[],
  table?: ItemTable | undefined,
): Promise<ItemColumns> {
  return table === undefined ? readOwnColumns(folder, columns) : readTable(await readItemIds(folder), columns, table);
}

async function readOwnColumns(folder: string, columns: readonly string[]): Promise<ItemColumns> {
  const values: unknown[][] = [];
  const seen = new Set<string>();
  const items = await readItemIds(folder, ({ fields }) => {
    remember(seen, fields);
    values.push(columns.map((column) => own(fields, column)));
  });
  if (values.length === 0) throw noColumns(folder, columns);
  checkColumns(columns, seen, items.place);
  return { items, place: items.place, values, notes: [] };
}

async function readTable(
  items: ItemIds,
  columns: readonly string[],
  { file, idColumn = 'item_id' }: ItemTable,
): Promise<ItemColumns> {
  const values = new Array<readonly unknown[] | undefined>(items.ids.length).fill(undefined);
  const seen = new Set<string>();
  const counts = { others: 0, repeated: 0 };
  for await (const record of readRecords(file, [idColumn, ...columns])) {
    remember(seen, record.fields);
    const id = idAmong(items.rowOf, idOf(record, idColumn, seen));
    const row = id === undefined ? undefined : items.rowOf.get(id);
    if (row === undefined) counts.others++;
    else if (values[row] !== undefined) counts.repeated++;
    else values[row] = columns.map((column) => own(record.fields, column));
  }
  checkColumns([idColumn, ...columns], seen, file);
  if (values.every((value) => value === undefined)) throw noMatch(file, idColumn, items);
  const notes: string[] = [];
  if (counts.others > 0) notes.push(`${countOf(counts.others, 'record')} in ${basename(file)} for other items`);
  if (counts.repeated > 0) notes.push(`${countOf(counts.repeated, 'repeated record')} in ${basename(file)}`);
  return { items, place: file, values, notes };
}

function idOf({ fields, place }: ItemRecord, column: string, seen: ReadonlySet<string>): string {
  if (!Object.hasOwn(fields, column)) throw unknownColumn(column, seen, place);
  return itemId(fields[column], `${place} (${column})`);
}

function own(fields: ItemRecord['fields'], column: string): unknown {
  return Object.hasOwn(fields, column) ? fields[column] : undefined;
}

function remember(seen: Set<string>, fields: ItemRecord['fields']): void {
  for (const column of Object.keys(fields)) if (seen.size < MOST_COLUMNS) seen.add(column);
}

function checkColumns(columns: readonly string[], seen: ReadonlySet<string>, place: string): void {
  const unknown = columns.find((column) => !seen.has(column));
  if (unknown !== undefined && seen.size < MOST_COLUMNS) throw unknownColumn(unknown, seen, place);
}

function unknownColumn(column: string, seen: ReadonlySet<string>, place: string): BalancedRecError {
  const nearest = nearestName(column, seen);
  return new BalancedRecError({
    code: 'items/unknown-column',
    message: `there is no column ${JSON.stringify(column)}`,
    place,
    expected: 'an existing column',
    found: [...seen].slice(0, 30).join(', ') || 'no columns',
    remedy: nearest === undefined ? 'choose one of those found' : `did you mean ${JSON.stringify(nearest)}?`,
  });
}

function noColumns(folder: string, columns: readonly string[]): BalancedRecError {
  return new BalancedRecError({
    code: 'items/no-columns',
    message: 'the dataset has no item list to read these columns from',
    place: folder,
    expected: `items.jsonl or items.tsv with ${columns.join(', ')}`,
    found: 'only interactions',
    remedy: 'pass the table that has them (--items FILE), with the item numbers as ids',
  });
}

function noMatch(file: string, idColumn: string, { ids, place }: ItemIds): BalancedRecError {
  return new BalancedRecError({
    code: 'items/no-match',
    message: 'no id in this table matches an item of the dataset',
    place: `${file} (${idColumn})`,
    expected: `ids as in ${place}: ${ids
      .slice(0, 3)
      .map((id) => JSON.stringify(id))
      .join(', ')}, ...`,
    found: 'none of them',
    remedy: 'choose the column with the original ids (--id COLUMN)',
  });
}
