import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { parse, stringify } from 'lossless-json';
import type { ItemFiles } from '../columns/item-key.js';
import type { Cell, Workspace } from '../duckdb/workspace.js';
import { describeValue, remedyFor } from '../steps/bad-value.js';
import { noMatch } from '../steps/no-match.js';
import { asItemOfLog, type Numbering } from '../steps/number-ids.js';
import type { TableFile } from '../tables/table.js';
import { writeText } from './text-file.js';

/** How well the item files match the items of the dataset. */
export interface ItemsFound {
  /** The column with the item id in the item files. */
  readonly key: string;
  readonly how: 'named' | 'guessed';
  /** Rows in the item files. */
  readonly rows: number;
  /** Items of the dataset with a row. */
  readonly described: number;
  /** Items of the dataset without a row. */
  readonly undescribed: number;
  /** Further rows of an item that already has one; the first row is used. */
  readonly repeated: number;
  /** Rows without an item id, or whose item is not in the dataset. */
  readonly unused: number;
}

/**
 * Writes `items.jsonl`: line n is item n, with `item_id`, its id in the log, followed by the fields of its row. If the row has
 * a field `item_id` with another value, that field becomes `file_item_id`.
 *
 * Numbers keep their digits, however long they are.
 *
 * @throws BalancedRecError `prepare/bad-item`, `prepare/bad-value`, `prepare/no-match`
 */
export async function writeItems(
  workspace: Workspace,
  itemFiles: ItemFiles,
  numbering: Numbering,
  folder: string,
): Promise<ItemsFound> {
  const { files, key, how } = itemFiles;
  const counts = await gather(workspace, files, key, asItemOfLog('key', numbering));
  if (counts.described === 0) throw await noMatch(workspace, itemFiles, 'final_items');
  await writeText(join(folder, 'items.jsonl'), lines(workspace, key));
  return { key, how, ...counts };
}

/** Creates the table `described`: the first row of each item of the dataset. */
async function gather(
  workspace: Workspace,
  files: readonly TableFile[],
  key: string,
  id: string,
): Promise<Pick<ItemsFound, 'rows' | 'described' | 'undescribed' | 'repeated' | 'unused'>> {
  await workspace.run('CREATE TABLE rows_of_items (item INTEGER, position BIGINT, fields VARCHAR)', 'items');
  let rows = 0;
  for (const file of files) {
    // Which row comes first depends on the file order.
    await workspace.inFileOrder(() =>
      workspace.run(
        `CREATE TABLE part AS SELECT final AS item, position, CASE WHEN final IS NOT NULL THEN fields END AS fields, unread
         FROM (SELECT row_number() OVER () + ${rows} AS position, ${id} AS id, fields,
           CASE WHEN key IS NULL THEN written END AS unread FROM ${file.table.selectJson(key)}) AS described
         LEFT JOIN final_items ON final_items.id = described.id`,
        file,
      ),
    );
    const [counted] = await workspace.rows(
      `SELECT count(*), min(position) FILTER (unread IS NOT NULL), arg_min(unread, position) FILTER (unread IS NOT NULL) FROM part`,
      file,
    );
    const [count, position, unread] = counted as [number, number | null, Cell];
    if (position !== null) throw badKey(file, key, position - rows, unread);
    rows += count;
    await workspace.run(
      'INSERT INTO rows_of_items SELECT item, position, fields FROM part WHERE item IS NOT NULL; DROP TABLE part',
      file,
    );
  }
  await workspace.run(
    'CREATE TABLE described AS SELECT item, arg_min(fields, position) AS fields FROM rows_of_items GROUP BY item',
    'items',
  );
  const [items, used, described] = await workspace.numbers(
    'SELECT (SELECT count(*) FROM final_items), (SELECT count(*) FROM rows_of_items), (SELECT count(*) FROM described)',
    'items',
  );
  return {
    rows,
    described: described!,
    undescribed: items! - described!,
    repeated: used! - described!,
    unused: rows - used!,
  };
}

async function* lines(workspace: Workspace, key: string): AsyncGenerator<string> {
  const chunks = workspace.stream(
    `SELECT final_items.id, fields FROM final_items LEFT JOIN described ON described.item = final ORDER BY final`,
    'items.jsonl',
  );
  for await (const chunk of chunks) {
    for (const [id, fields] of chunk.getRows() as [string, string | null][]) {
      const { [key]: _, ...others } = fields === null ? {} : parsed(fields, id);
      const { item_id: other, ...fieldsOfRow } = others;
      const named = other === undefined ? {} : { file_item_id: other };
      yield `${stringify({ item_id: id, ...named, ...fieldsOfRow })}\n`;
    }
  }
}

function parsed(fields: string, id: string): Record<string, unknown> {
  try {
    return parse(fields, null, { onDuplicateKey: ({ newValue }) => newValue }) as Record<string, unknown>;
  } catch (cause) {
    throw new BalancedRecError({
      code: 'prepare/bad-item',
      message: 'the description of an item cannot be written as JSON',
      place: `item ${JSON.stringify(id)}`,
      expected: 'fields that JSON can represent',
      found: fields.slice(0, 160),
      remedy: 'remove fields with numbers that are not finite',
      cause,
    });
  }
}

function badKey(file: TableFile, key: string, row: number, written: Cell): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-value',
    message: 'a row does not name one item',
    place: `${file.path}: row ${row}, column "${key}"`,
    expected: 'an item',
    found: describeValue(written),
    remedy: remedyFor('items-key', key, written, file.table.columns),
  });
}
