import { BalancedRecError } from '@balanced-rec/errors';
import type { Role } from '../columns/known-columns.js';
import type { ColumnMapping } from '../columns/map-columns.js';
import { type ColumnPlan, LOG_COLUMNS, type LogColumn } from '../columns/plan-columns.js';
import { identifier, type Workspace } from '../duckdb/workspace.js';
import type { Table, TableFile } from '../tables/table.js';

/** The most files that a log may have: file numbers are stored in two bytes. */
const MOST_FILES = 65_535;

/**
 * Reads files into the table `log`: user and item as text, and the kept values of the other roles.
 *
 * @param plan.used the roles to read; the content of other columns does not matter
 * @returns the number of invalid rows dropped, if `dropBadRows` allows it
 * @throws BalancedRecError `prepare/bad-value`, `prepare/mixed-times`, `prepare/no-rows`, or an error about a file
 */
export async function readLog(
  workspace: Workspace,
  files: readonly TableFile[],
  { mapping, used }: Pick<ColumnPlan, 'mapping' | 'used'>,
  dropBadRows: boolean,
): Promise<number> {
  if (files.length > MOST_FILES) throw tooManyFiles(files);
  const columns = used.map((role) => LOG_COLUMNS[role]);
  const kept = columns
    .flatMap((column) => Object.entries(column.kept))
    .map(([name, made]) => `${made} AS ${identifier(name)}`);
  for (const [number, file] of files.entries()) {
    const rows = `SELECT ${[...kept, `${number}::USMALLINT AS source`].join(', ')} FROM ${sourceOf(file.table, mapping, used)}`;
    await workspace.run(number === 0 ? `CREATE TABLE log AS ${rows}` : `INSERT INTO log ${rows}`, file);
  }
  const dropped = await dealWithBadRows(workspace, files, mapping, columns, dropBadRows);
  if (used.includes('time')) await checkTimes(workspace, files);
  const [rows] = await workspace.numbers('SELECT count(*) FROM log', 'log');
  if (rows === 0) throw noRows(files, dropped);
  return dropped;
}

function sourceOf(table: Table, mapping: ColumnMapping, roles: readonly Role[]): string {
  return table.select(Object.fromEntries(roles.map((role) => [role, mapping[role]!.column])));
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
  if (!dropBadRows) throw await badValue(workspace, files[source!]!, mapping, columns, count!);
  await workspace.replaceTable('log', `SELECT * FROM log WHERE NOT coalesce(${isBad}, true)`, 'log');
  return count!;
}

/** Reads the file again, in its order, to find its first invalid row. */
async function badValue(
  workspace: Workspace,
  file: TableFile,
  mapping: ColumnMapping,
  columns: readonly LogColumn[],
  count: number,
): Promise<BalancedRecError> {
  const roles = columns.map(({ role }) => role);
  const made = columns
    .flatMap(({ kept }) => Object.entries(kept))
    .map(([name, sql]) => `${sql} AS ${identifier(name)}`);
  const texts = roles.map((role) => `"${role}" AS ${identifier(`${role} text`)}`);
  const faults = columns.map(({ isBad }) => `(${isBad}) IS NOT FALSE`);
  const [first] = await workspace.inFileOrder(() =>
    workspace.rows(
      `SELECT row_number, ${roles.map((role) => identifier(`${role} text`)).join(', ')}, ${faults.join(', ')}
       FROM (SELECT row_number() OVER () AS row_number, ${[...texts, ...made].join(', ')} FROM ${sourceOf(file.table, mapping, roles)})
       WHERE ${faults.join(' OR ')} LIMIT 1`,
      file,
    ),
  );
  const [row, ...cells] = first!;
  const at = cells.slice(columns.length).indexOf(true);
  const { role, expected } = columns[at]!;
  const text = cells[at];
  return new BalancedRecError({
    code: 'prepare/bad-value',
    message: `${count === 1 ? 'a row is' : `${count.toLocaleString('en-US')} rows are`} invalid${count === 1 ? '' : '; this is the first'}`,
    place: `${file.path}: row ${row}, column "${mapping[role]!.column}" (${role})`,
    expected,
    found: text === null ? 'nothing' : JSON.stringify(String(text).slice(0, 80)),
    remedy: 'fix these rows, drop them with --drop-bad-rows, or choose another column',
  });
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
