import type { ItemFiles } from '../columns/item-key.js';
import type { Role } from '../columns/known-columns.js';
import type { ColumnPlan } from '../columns/plan-columns.js';
import type { Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions } from '../options/prepare-options.js';
import { noMatch } from './no-match.js';
import { asItemOfLog, type Numbering, numberIds } from './number-ids.js';
import { dropUntrainedUsers, splitInteractions } from './split-interactions.js';
import type { StepLog } from './step-log.js';

/**
 * Turns `log` into labelled `interactions`, step by step.
 *
 * @param described the items that `describedOnly` keeps
 * @param place the log's files, for errors
 * @throws BalancedRecError `prepare/nothing-left`, `prepare/no-match`, `prepare/bad-value`
 */
export async function filterAndSplit(
  workspace: Workspace,
  steps: StepLog,
  { used, splitBy }: ColumnPlan,
  options: CompleteOptions,
  described: ItemFiles | undefined,
  place: string,
): Promise<Numbering> {
  const numbering = await numberIds(workspace, used, place);
  await steps.done('read');

  if (options.describedOnly && described !== undefined) {
    await keepDescribed(workspace, described, numbering);
    await steps.done('keep described items');
  }

  if (options.minRating !== undefined) {
    await keepRatedAtLeast(workspace, options.minRating);
    await steps.done(`keep ratings of at least ${options.minRating}`);
  }

  await mergeDuplicates(workspace, used);
  await steps.done('merge duplicates');

  const userCore = options.userCore ?? options.core ?? 1;
  const itemCore = options.itemCore ?? options.core ?? 1;
  if (userCore > 1 || itemCore > 1) {
    const rounds = await keepCore(workspace, userCore, itemCore);
    await steps.done(`keep users with at least ${userCore} and items with at least ${itemCore}`, { rounds });
  }

  await splitInteractions(workspace, splitBy, options);
  await steps.done(`split by ${splitBy}`);
  if (splitBy === 'global-time' && (await dropUntrainedUsers(workspace))) {
    await steps.done('leave out users without training');
  }
  return numbering;
}

/** The filters that options ask for, as they are given on the command line. */
export function filtersOf(options: CompleteOptions): string[] {
  const { describedOnly, minRating, core, userCore, itemCore } = options;
  const numbers = { '--min-rating': minRating, '--core': core, '--user-core': userCore, '--item-core': itemCore };
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return [...(describedOnly ? ['--described-only'] : []), ...given.map(([flag, value]) => `${flag} ${value}`)];
}

/** Drops interactions with items that no row describes. */
async function keepDescribed(workspace: Workspace, described: ItemFiles, numbering: Numbering): Promise<void> {
  for (const [number, file] of described.files.entries()) {
    const { id } = file.table.column(described.key);
    const ids = `SELECT DISTINCT ${asItemOfLog(id, numbering)} AS id FROM ${file.table.rows([described.key])}`;
    await workspace.run(
      number === 0 ? `CREATE TABLE described_ids AS ${ids}` : `INSERT INTO described_ids ${ids}`,
      file,
    );
  }
  const place = 'keeping described items';
  const isDescribed = 'id IN (SELECT id FROM described_ids WHERE id IS NOT NULL)';
  const [matches] = await workspace.numbers(`SELECT count(*) FROM items WHERE ${isDescribed}`, place);
  if (matches === 0) throw await noMatch(workspace, described, 'items');
  await workspace.run(
    `DELETE FROM interactions WHERE item NOT IN (SELECT number FROM items WHERE ${isDescribed})`,
    place,
  );
  await workspace.run('DROP TABLE described_ids', place);
}

/** Keeps interactions rated at least `minRating`, and drops the ratings. */
async function keepRatedAtLeast(workspace: Workspace, minRating: number): Promise<void> {
  await workspace.replaceTable(
    'interactions',
    `SELECT * EXCLUDE (rating) FROM interactions WHERE rating >= ${minRating}::DOUBLE`,
    'keeping good ratings',
  );
}

/** Merges a user's repeated interactions with an item into one with the earliest time; with given splits, one per split. */
async function mergeDuplicates(workspace: Workspace, used: readonly Role[]): Promise<void> {
  const keys = ['"user"', 'item', ...(used.includes('split') ? ['label'] : [])].join(', ');
  const time = used.includes('time') ? ', min("time") AS "time"' : '';
  await workspace.replaceTable(
    'interactions',
    `SELECT ${keys}${time} FROM interactions GROUP BY ${keys}`,
    'merging duplicates',
  );
}

/**
 * Drops users and items with too few interactions until all have enough. Each round counts both on the result of the previous
 * one. The final result does not depend on the order.
 *
 * @returns the number of rounds that dropped something
 */
async function keepCore(workspace: Workspace, userCore: number, itemCore: number): Promise<number> {
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
    await workspace.replaceTable('interactions', `SELECT * FROM interactions WHERE ${conditions.join(' AND ')}`, place);
    const after = await count();
    if (after === before || after === 0) return after === before ? rounds : rounds + 1;
    before = after;
  }
}
