import type { Workspace } from '../duckdb/workspace.js';

/**
 * Makes the table `interactions` of `log`, with numbers in place of ids. The numbers follow the order of the ids: by value where
 * every id is a whole number as one writes it, otherwise by code points. So they depend on which ids there are, and on nothing else.
 */
export async function numberIds(
  workspace: Workspace,
  hasSplits: boolean,
  hasTimes: boolean,
  hasRatings: boolean,
): Promise<void> {
  for (const role of ['user', 'item'] as const) await numberIdsOf(workspace, role);
  const kept = [hasTimes && '"time"', hasSplits && 'label', hasRatings && 'rating'].filter((name) => name !== false);
  await workspace.run(
    `CREATE TABLE interactions AS SELECT ${['users.number AS "user"', 'items.number AS item', ...kept].join(', ')}
     FROM log JOIN users ON log."user" = users.id JOIN items ON log.item = items.id`,
    'numbering users and items',
  );
  await workspace.run('DROP TABLE log', 'numbering users and items');
}

async function numberIdsOf(workspace: Workspace, role: 'user' | 'item'): Promise<void> {
  const place = `numbering ${role}s`;
  await workspace.run(`CREATE TABLE ids AS SELECT DISTINCT "${role}" AS id FROM log`, place);
  // 37 digits at most, for DuckDB's widest whole number.
  const [row] = await workspace.rows(`SELECT bool_and(regexp_full_match(id, '0|-?[1-9][0-9]{0,36}')) FROM ids`, place);
  const order = row![0] === true ? 'id::HUGEINT' : 'id';
  await workspace.run(
    `CREATE TABLE ${role}s AS SELECT id, (row_number() OVER (ORDER BY ${order}) - 1)::INTEGER AS number FROM ids; DROP TABLE ids`,
    place,
  );
}
