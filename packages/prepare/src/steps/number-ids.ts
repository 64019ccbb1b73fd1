import { join } from 'node:path';
import { idTableOf } from '@balanced-rec/datasets';
import type { Role } from '../columns/known-columns.js';
import { literal, type Workspace } from '../duckdb/workspace.js';

/**
 * Creates the table `interactions` from `log`, with numbers instead of ids. The numbers follow the order of the ids: by value
 * if every id is a whole number in canonical form, otherwise by code points. So they depend only on the set of ids.
 */
export async function numberIds(workspace: Workspace, used: readonly Role[]): Promise<void> {
  for (const role of ['user', 'item'] as const) await numberIdsOf(workspace, role);
  const kept = used.flatMap(
    (role) => ({ user: [], item: [], rating: ['rating'], time: ['"time"'], split: ['label'] })[role],
  );
  await workspace.run(
    `CREATE TABLE interactions AS SELECT ${['users.number AS "user"', 'items.number AS item', ...kept].join(', ')}
     FROM log JOIN users ON log."user" = users.id JOIN items ON log.item = items.id`,
    'numbering users and items',
  );
  await workspace.run('DROP TABLE log', 'numbering users and items');
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

async function numberIdsOf(workspace: Workspace, role: 'user' | 'item'): Promise<void> {
  const place = `numbering ${role}s`;
  await workspace.run(`CREATE TABLE ids AS SELECT DISTINCT "${role}" AS id FROM log`, place);
  const [row] = await workspace.rows(
    `SELECT bool_and(regexp_full_match(id, '0|-?[1-9][0-9]{0,36}')), max(length(id)) FROM ids`,
    place,
  );
  const [areNumbers, longest] = row as [boolean, number];
  // HUGEINT is slow to parse, so it is only used for the widest numbers.
  const order = areNumbers ? `id::${longest <= 18 ? 'BIGINT' : 'HUGEINT'}` : 'id';
  await workspace.run(
    `CREATE TABLE ${role}s AS SELECT id, (row_number() OVER (ORDER BY ${order}) - 1)::INTEGER AS number FROM ids; DROP TABLE ids`,
    place,
  );
}
