import { join } from 'node:path';
import { idTableOf } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Role } from '../columns/known-columns.js';
import { literal, type Workspace } from '../duckdb/workspace.js';

/** A list or an object as JSON or Python writes it. GUIDs in braces are ids, and so are names in brackets. */
const LIST_OR_OBJECT = String.raw`\[\s*((['"].*['"])|(-?\d[\d.,\s-]*))?\s*\]|\{\s*['"].*:.*\}`;

/** What is known about the ids of a log once they are numbered. */
export interface Numbering {
  /** The roles whose ids were written as whole floats, such as 1.0, and are read as whole numbers. */
  readonly wholeFloats: readonly ('user' | 'item')[];
  /** Whether every item id is a whole number. */
  readonly itemsAreNumbers: boolean;
}

/**
 * Creates the table `interactions` from `log`, with numbers instead of ids. The numbers follow the order of the ids: by value
 * if every id is a whole number in canonical form, otherwise by code points. So they depend only on the set of ids.
 *
 * Programs write whole numbers as floats once a column has a gap: if every id of a role is a whole number and some have `.0`,
 * that ending goes.
 *
 * @param place the files, for the error
 * @throws BalancedRecError `prepare/bad-value` if the ids are lists or objects written as text
 */
export async function numberIds(workspace: Workspace, used: readonly Role[], place: string): Promise<Numbering> {
  const user = await numberIdsOf(workspace, 'user', place);
  const item = await numberIdsOf(workspace, 'item', place);
  const kept = used.flatMap(
    (role) => ({ user: [], item: [], rating: ['rating'], time: ['"time"'], split: ['label'] })[role],
  );
  await workspace.run(
    `CREATE TABLE interactions AS SELECT ${['users.number AS "user"', 'items.number AS item', ...kept].join(', ')}
     FROM log JOIN users ON log."user" = users.id JOIN items ON log.item = items.id`,
    'numbering users and items',
  );
  await workspace.run('DROP TABLE log', 'numbering users and items');
  const wholeFloats = (['user', 'item'] as const).filter((role) => ({ user, item })[role].wereFloats);
  return { wholeFloats, itemsAreNumbers: item.areNumbers };
}

/** SQL for an id of another file, in the form that the log's items have. */
export function asItemOfLog(id: string, { itemsAreNumbers }: Numbering): string {
  return itemsAreNumbers ? withoutZeros(id) : id;
}

/** SQL for an id without the `.0` of a whole float. Other ids stay as they are. */
function withoutZeros(id: string): string {
  return `regexp_replace(${id}, '^(-?[0-9]+)\\.0+$', '\\1')`;
}

/** Creates the tables `final_users` and `final_items`: the remaining ids, numbered from 0 without gaps, in the same order. */
export async function numberAnew(workspace: Workspace): Promise<void> {
  for (const role of ['user', 'item']) {
    await workspace.run(
      `CREATE TABLE final_${role}s AS
       SELECT id, number, (row_number() OVER (ORDER BY number) - 1)::INTEGER AS final
       FROM ${role}s WHERE number IN (SELECT "${role}" FROM interactions)`,
      `numbering ${role}s`,
    );
  }
}

/**
 * Writes `users.tsv` and `items.tsv`: each number with its original id from the log, quoted if necessary. The format is that of
 * `writeIdTable`, but DuckDB does the writing, because the ids of a large log may not fit into memory.
 */
export async function writeIds(workspace: Workspace, folder: string): Promise<void> {
  for (const role of ['user', 'item'] as const) {
    const table = idTableOf(role);
    const file = join(folder, table.file);
    await workspace.run(
      `COPY (SELECT final AS ${table.number}, id AS ${table.original} FROM final_${role}s ORDER BY final)
       TO ${literal(file)} (FORMAT csv, DELIMITER '\t', HEADER true, QUOTE '"', ESCAPE '"')`,
      file,
    );
  }
}

async function numberIdsOf(
  workspace: Workspace,
  role: 'user' | 'item',
  place: string,
): Promise<{ areNumbers: boolean; wereFloats: boolean }> {
  const step = `numbering ${role}s`;
  const collect = `CREATE TABLE ids AS SELECT DISTINCT "${role}" AS id FROM log`;
  await workspace.run(collect, step);
  const [form] = await workspace.rows(
    `SELECT bool_and(regexp_full_match(id, '-?[0-9]+(\\.0+)?')) AND bool_or(contains(id, '.')),
       bool_and(regexp_full_match(id, ${literal(LIST_OR_OBJECT)}, 's')), min(id) FROM ids`,
    step,
  );
  const [wereFloats, areLists, first] = form as [boolean, boolean, string];
  if (areLists) throw listsAsText(role, first, place);
  if (wereFloats) {
    await workspace.replaceTable('log', `SELECT * REPLACE (${withoutZeros(`"${role}"`)} AS "${role}") FROM log`, step);
    await workspace.run(`DROP TABLE ids; ${collect}`, step);
  }
  const [row] = await workspace.rows(
    `SELECT bool_and(regexp_full_match(id, '0|-?[1-9][0-9]{0,36}')), max(length(id)) FROM ids`,
    step,
  );
  const [areNumbers, longest] = row as [boolean, number];
  // HUGEINT is slow to parse, so it is only used for the widest numbers.
  const order = areNumbers ? `id::${longest <= 18 ? 'BIGINT' : 'HUGEINT'}` : 'id';
  await workspace.run(
    `CREATE TABLE ${role}s AS SELECT id, (row_number() OVER (ORDER BY ${order}) - 1)::INTEGER AS number FROM ids; DROP TABLE ids`,
    step,
  );
  return { areNumbers, wereFloats };
}

function listsAsText(role: 'user' | 'item', first: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-value',
    message: `the ${role} ids are lists or objects, written as text`,
    place,
    expected: `one ${role} in each row`,
    found: first.length > 80 ? `${first.slice(0, 80)}…` : first,
    remedy:
      role === 'item'
        ? 'write one row per item, or write the file as JSON Lines or Parquet, whose lists of items are read'
        : 'write one user per row, or choose another column with --user',
  });
}
