import type { Role } from '../columns/known-columns.js';
import type { Workspace } from '../duckdb/workspace.js';

/** Replaces the table `interactions` by what a query makes of it. */
async function replaceInteractions(workspace: Workspace, query: string, place: string): Promise<void> {
  await workspace.run(`CREATE TABLE fewer AS ${query}`, place);
  await workspace.run('DROP TABLE interactions; ALTER TABLE fewer RENAME TO interactions', place);
}

/** Keeps what is rated at least so, and forgets the ratings. */
export async function keepRatedAtLeast(workspace: Workspace, minRating: number): Promise<void> {
  await replaceInteractions(
    workspace,
    `SELECT * EXCLUDE (rating) FROM interactions WHERE rating >= ${minRating}::DOUBLE`,
    'keeping good ratings',
  );
}

/** Makes one of the interactions of a user with an item, of the earliest time; where there are splits, one in each. */
export async function mergeDuplicates(workspace: Workspace, used: readonly Role[]): Promise<void> {
  const keys = ['"user"', 'item', ...(used.includes('split') ? ['label'] : [])].join(', ');
  const time = used.includes('time') ? ', min("time") AS "time"' : '';
  await replaceInteractions(
    workspace,
    `SELECT ${keys}${time} FROM interactions GROUP BY ${keys}`,
    'merging duplicates',
  );
}

/**
 * Leaves out users and items with too few interactions until all have enough. Each round counts both on what the one before has
 * left; what remains in the end does not depend on their order.
 *
 * @returns the number of rounds that left something out
 */
export async function keepCore(workspace: Workspace, userCore: number, itemCore: number): Promise<number> {
  const enough = (role: string, core: number) =>
    core <= 1
      ? []
      : [`"${role}" IN (SELECT "${role}" FROM interactions GROUP BY "${role}" HAVING count(*) >= ${core})`];
  const conditions = [...enough('user', userCore), ...enough('item', itemCore)];
  if (conditions.length === 0) return 0;
  const place = 'keeping the core';
  const count = async () => (await workspace.numbers('SELECT count(*) FROM interactions', place))[0]!;
  let rounds = 0;
  for (let before = await count(); ; rounds++) {
    await replaceInteractions(workspace, `SELECT * FROM interactions WHERE ${conditions.join(' AND ')}`, place);
    const after = await count();
    if (after === before || after === 0) return after === before ? rounds : rounds + 1;
    before = after;
  }
}
