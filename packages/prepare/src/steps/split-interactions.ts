import type { Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions, SplitMethod } from '../options/prepare-options.js';

/**
 * Labels `interactions`: 0 train, 1 validation, 2 test. Random choices and ties are decided by {@link drawnOrder}, so the same
 * seed gives the same splits on every machine, with any number of threads and any row order.
 */
export async function splitInteractions(
  workspace: Workspace,
  method: SplitMethod,
  { ratios, seed }: Pick<CompleteOptions, 'ratios' | 'seed'>,
): Promise<void> {
  if (method === 'column') return;
  const place = `splitting (${method})`;
  const query = method === 'global-time' ? await byGlobalTime(workspace, ratios, place) : byUser(method, ratios, seed);
  await workspace.replaceTable('interactions', query, place);
}

/**
 * Drops users without training interactions. Only a global-time split produces such users.
 *
 * @returns whether there were any
 */
export async function dropUntrainedUsers(workspace: Workspace): Promise<boolean> {
  const place = 'leaving out users without training';
  const trained = '"user" IN (SELECT "user" FROM interactions WHERE label = 0)';
  const [untrained] = await workspace.numbers(`SELECT count(*) FROM interactions WHERE NOT (${trained})`, place);
  if (untrained === 0) return false;
  await workspace.replaceTable('interactions', `SELECT * FROM interactions WHERE ${trained}`, place);
  return true;
}

/** Orders each user's interactions and holds out the last ones. */
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

/**
 * A number for each user, item and seed that looks random and depends on nothing else: the lower half of the MD5 of
 * `<seed> <length of the user's id> <user's id> <item's id>`.
 */
function drawnOrder(seed: number): string {
  return `md5_number_lower(concat('${seed} ', length(users.id), ' ', users.id, ' ', items.id))`;
}

/**
 * SQL for how many of a user's `n` interactions go to validation and to test: their share, rounded half up, at least one each.
 * The first interaction always goes to train, the second to test, and only the third to validation.
 */
function heldOutSizes(ratios: string): { validation: string; test: string } {
  const parts = wholeRatios(ratios);
  const whole = parts[0] + parts[1] + parts[2];
  const share = (part: number) => `greatest(1, (2 * n * ${part} + ${whole}) // ${2 * whole})`;
  const test = `(CASE WHEN n = 1 THEN 0 WHEN n = 2 THEN 1 ELSE least(${share(parts[2])}, n - 2) END)`;
  const validation = `(CASE WHEN n <= 2 THEN 0 ELSE least(${share(parts[1])}, n - 1 - ${test}) END)`;
  return { validation, test };
}

/** Holds out all interactions from a cutoff time on, the same for all users. Equal times stay together. */
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

/** The proportions of train, validation and test as whole numbers. */
function wholeRatios(ratios: string): [number, number, number] {
  const parts = ratios.split(':');
  const places = Math.max(...parts.map((part) => part.split('.')[1]?.length ?? 0));
  const [train, validation, test] = parts.map((part) => Math.round(Number(part) * 10 ** places));
  return [train!, validation!, test!];
}
