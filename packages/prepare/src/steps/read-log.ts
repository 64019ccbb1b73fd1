import { BalancedRecError } from '@balanced-rec/errors';
import type { ColumnMapping } from '../columns/map-columns.js';
import { type ColumnPlan, LOG_COLUMNS, type LogColumn } from '../columns/plan-columns.js';
import { identifier, type Workspace } from '../duckdb/workspace.js';
import type { TableFile } from '../tables/table.js';
import { firstBadValue } from './bad-value.js';
import { selectRoles } from './select-roles.js';

/** The most files that a log may have: file numbers are stored in two bytes. */
const MOST_FILES = 65_535;

/** What was read besides the rows themselves. */
export interface LogRead {
  /** Invalid rows dropped. */
  readonly badRows: number;
  /** Interactions that come from lists of items in one row. */
  readonly listed: number;
}

/**
 * Reads files into the table `log`: user and item as text, and the kept values of the other roles. A row with a list of items
 * becomes one interaction per item.
 *
 * @param plan.used the roles to read; the content of other columns does not matter
 * @param dropBadRows whether invalid rows are dropped and counted
 * @throws BalancedRecError `prepare/bad-value`, `prepare/mixed-times`, `prepare/no-rows`, or an error about a file
 */
export async function readLog(
  workspace: Workspace,
  files: readonly TableFile[],
  { mapping, used }: Pick<ColumnPlan, 'mapping' | 'used'>,
  dropBadRows: boolean,
): Promise<LogRead> {
  if (files.length > MOST_FILES) throw tooManyFiles(files);
  const columns = used.map((role) => LOG_COLUMNS[role]);
  const kept = columns
    .flatMap((column) => Object.entries(column.kept))
    .map(([name, made]) => `${made} AS ${identifier(name)}`);
  for (const [number, file] of files.entries()) {
    const rows = `SELECT ${[...kept, 'listed', `${number}::USMALLINT AS source`].join(', ')} FROM ${selectRoles(file.table, mapping, used)}`;
    await workspace.run(number === 0 ? `CREATE TABLE log AS ${rows}` : `INSERT INTO log ${rows}`, file);
  }
  const badRows = await dealWithBadRows(workspace, files, mapping, columns, dropBadRows);
  if (used.includes('time')) await checkTimes(workspace, files);
  const [rows, listed] = await workspace.numbers('SELECT count(*), count(*) FILTER (listed) FROM log', 'log');
  if (rows === 0) throw noRows(files, badRows);
  return { badRows, listed: listed! };
}

async function dealWithBadRows(
  workspace: Workspace,
  files: readonly TableFile[],
  mapping: ColumnMapping,
  columns: readonly LogColumn[],
  dropBadRows: boolean,
): Promise<number> {
  const isBad = columns.map((column) => `(${column.isBad})`).join(' OR ');
  const [count, source] = await workspace.numbers(`SELECT count(*), min(source) FROM log WHERE ${isBad}`, 'log');
  if (count === 0) return 0;
  if (!dropBadRows) throw await firstBadValue(workspace, files[source!]!, mapping, columns, count!);
  await workspace.replaceTable('log', `SELECT * FROM log WHERE NOT coalesce(${isBad}, true)`, 'log');
  return count!;
}

/** Dates and numbers cannot be ordered together, because the unit of the numbers is unknown. */
async function checkTimes(workspace: Workspace, files: readonly TableFile[]): Promise<void> {
  const [dated, rows] = await workspace.numbers('SELECT count(*) FILTER (dated), count(*) FROM log', 'log');
  if (dated === 0 || dated === rows) return;
  throw new BalancedRecError({
    code: 'prepare/mixed-times',
    message: 'some times are dates and some are numbers',
    place: files.map(({ path }) => path).join(', '),
    expected: 'either dates or numbers, so that they can be ordered',
    found: `${dated} dates and ${rows! - dated!} numbers`,
    remedy: 'write all times in the same form',
  });
}

function noRows(files: readonly TableFile[], dropped: number): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/no-rows',
    message: 'there are no interactions',
    place: files.map(({ path }) => path).join(', '),
    expected: 'at least one row',
    found: dropped === 0 ? 'none' : `${dropped} rows, all of them invalid`,
    remedy: 'check that these are the right files and columns',
  });
}

function tooManyFiles(files: readonly TableFile[]): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/too-many-files',
    message: 'too many files',
    place: files[0]!.path,
    expected: `at most ${MOST_FILES}`,
    found: String(files.length),
    remedy: 'combine them into fewer files',
  });
}
