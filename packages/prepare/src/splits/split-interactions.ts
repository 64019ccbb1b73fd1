import type { Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';
import { heldOutSizes, wholeRatios } from './split-sizes.js';

/** Which splits need what of a log. */
export const NEEDS_TIME: readonly SplitMethod[] = ['user-time', 'global-time', 'leave-one-out'];

/**
 * Labels `interactions`: 0 training, 1 validation, 2 test. Where chance or ties decide, it is by {@link drawnOrder}, so the same
 * seed gives the same splits on every machine, with any number of threads, in whatever order the rows were.
 */
export async function splitInteractions(
  workspace: Workspace,
  method: SplitMethod,
  { ratios, seed }: Pick<CompleteOptions, 'ratios' | 'seed'>,
): Promise<void> {
  if (method === 'column') return;
  const place = `splitting (${method})`;
  const query = method === 'global-time' ? await byGlobalTime(workspace, ratios, place) : byUser(method, ratios, seed);
  await workspace.run(`CREATE TABLE labelled AS ${query}`, place);
  await workspace.run('DROP TABLE interactions; ALTER TABLE labelled RENAME TO interactions', place);
}

/**
 * A number for each user, item and seed that looks random and depends on nothing else: the lower half of the MD5 of
 * `<seed> <length of the user's id> <user's id> <item's id>`.
 */
export function drawnOrder(seed: number): string {
  return `md5_number_lower(concat('${seed} ', length(users.id), ' ', users.id, ' ', items.id))`;
}

/** Each user's interactions in order, the last ones held out. */
function byUser(method: Exclude<SplitMethod, 'column' | 'global-time'>, ratios: string, seed: number): string {
  const order = [...(method === 'random' ? [] : ['"time"']), 'drawn', 'item'].join(', ');
  const { validation, test } =
    method === 'leave-one-out'
      ? { validation: '(CASE WHEN n >= 3 THEN 1 ELSE 0 END)', test: '(CASE WHEN n >= 2 THEN 1 ELSE 0 END)' }
      : heldOutSizes(ratios);
  return `
    SELECT "user", item, (CASE WHEN place > n - ${test} THEN 2 WHEN place > n - ${test} - ${validation} THEN 1 ELSE 0 END)::TINYINT AS label
    FROM (
      SELECT "user", item,
        row_number() OVER (PARTITION BY "user" ORDER BY ${order}) AS place,
        count(*) OVER (PARTITION BY "user") AS n
      FROM (
        SELECT interactions.*, ${drawnOrder(seed)} AS drawn
        FROM interactions JOIN users ON users.number = "user" JOIN items ON items.number = item
      )
    )`;
}

/** All interactions from a moment on are held out, for all users the same; equal times stay together. */
async function byGlobalTime(workspace: Workspace, ratios: string, place: string): Promise<string> {
  const [train, validation, test] = wholeRatios(ratios);
  const whole = train + validation + test;
  const [count] = await workspace.numbers('SELECT count(*) FROM interactions', place);
  const momentAt = (share: number) =>
    `(SELECT "time" FROM interactions ORDER BY "time" LIMIT 1 OFFSET ${Number((BigInt(count!) * BigInt(share)) / BigInt(whole))})`;
  return `
    SELECT "user", item, (CASE WHEN "time" >= ${momentAt(train + validation)} THEN 2 WHEN "time" >= ${momentAt(train)} THEN 1 ELSE 0 END)::TINYINT AS label
    FROM interactions`;
}

/**
 * Leaves out users that have nothing in training, which only a split by one moment for all makes.
 *
 * @returns whether there were any
 */
export async function dropUntrainedUsers(workspace: Workspace): Promise<boolean> {
  const place = 'leaving out users without training';
  const trained = '"user" IN (SELECT "user" FROM interactions WHERE label = 0)';
  const [untrained] = await workspace.numbers(`SELECT count(*) FROM interactions WHERE NOT (${trained})`, place);
  if (untrained === 0) return false;
  await workspace.run(`CREATE TABLE trained AS SELECT * FROM interactions WHERE ${trained}`, place);
  await workspace.run('DROP TABLE interactions; ALTER TABLE trained RENAME TO interactions', place);
  return true;
}
