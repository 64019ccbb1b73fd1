import { BalancedRecError } from '@balanced-rec/errors';
import type { Role } from '../columns/known-columns.js';
import type { ColumnMapping } from '../columns/map-columns.js';
import type { LogColumn } from '../columns/plan-columns.js';
import { type Cell, identifier, type Workspace } from '../duckdb/workspace.js';
import type { TableFile } from '../tables/table.js';
import { selectRoles } from './select-roles.js';

const LONGEST_SHOWN = 80;

/**
 * Reads a file again, in its order, to find its first invalid row.
 *
 * @param count how many rows are invalid
 * @returns `prepare/bad-value`
 */
export async function firstBadValue(
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
  const written = roles.map((role) => identifier(`${role} as written`));
  const faults = columns.map(({ isBad }) => `(${isBad}) IS NOT FALSE`);
  const further = [
    'row_number() OVER () AS row_number',
    ...roles.map((role, at) => `${file.table.column(mapping[role]!.column).written} AS ${written[at]}`),
  ];
  const [first] = await workspace.inFileOrder(() =>
    workspace.rows(
      `SELECT row_number, ${[...written, ...faults].join(', ')}
       FROM (SELECT row_number, ${[...written, ...made].join(', ')} FROM ${selectRoles(file.table, mapping, roles, further)})
       WHERE ${faults.join(' OR ')} ORDER BY row_number LIMIT 1`,
      file,
    ),
  );
  const [row, ...cells] = first!;
  const at = cells.slice(columns.length).indexOf(true);
  const { role, expected } = columns[at]!;
  const { column } = mapping[role]!;
  return new BalancedRecError({
    code: 'prepare/bad-value',
    message: `${count === 1 ? 'a row is' : `${count.toLocaleString('en-US')} rows are`} invalid${count === 1 ? '' : '; this is the first'}`,
    place: `${file.path}: row ${row}, column "${column}" (${role})`,
    expected,
    found: describeValue(cells[at]!),
    remedy: remedyFor(role, column, cells[at]!, file.table.columns),
  });
}

/** A value from a file for a message. It says whether it is a list or an object. */
export function describeValue(written: Cell): string {
  if (written === null || written === 'null') return 'nothing';
  const text = String(written);
  const shown = JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text);
  const kind = kindOf(text);
  return kind === undefined ? shown : `${kind}: ${shown.slice(1, -1).replaceAll('\\"', '"')}`;
}

/** What to do about a value that cannot be used as a role. */
export function remedyFor(role: Role | 'items-key', column: string, written: Cell, columns: readonly string[]): string {
  const kind = written === null ? undefined : kindOf(String(written));
  const field = columns.find((candidate) => candidate.startsWith(`${column}.`));
  if (kind !== undefined && field !== undefined) return `name a field inside it, such as --${role} '${field}'`;
  if (kind === 'a list' && role === 'item')
    return 'leave out empty lists, and values that are not ids, or drop such rows with --drop-bad-rows';
  if (kind === 'a list') return `write one value per row; only the item column may hold lists`;
  if (kind === 'an object') return 'write one value per row, or choose another column';
  if (/^-?[\d.]+e\+\d+$/.test(String(written)))
    return 'a float this large has lost digits; write whole numbers or text';
  return 'fix these rows, drop them with --drop-bad-rows, or choose another column';
}

function kindOf(text: string): 'a list' | 'an object' | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return Array.isArray(JSON.parse(text)) ? 'a list' : 'an object';
  } catch {
    return undefined;
  }
}
