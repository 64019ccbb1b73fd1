import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import type { TableFile } from '../tables/table.js';
import { KNOWN_COLUMNS, plainName, ROLES, type Role } from './known-columns.js';

/** The column assigned to a role, and how it was found. */
export interface MappedColumn {
  readonly column: string;
  readonly how: 'named' | 'guessed';
}

/** The column of each role that has one. */
export type ColumnMapping = { readonly [role in Role]?: MappedColumn };

/** Columns named by the caller, by role. */
export type NamedColumns = { readonly [role in Role]?: string | undefined };

/**
 * Finds the column of each role in the first file, and checks that the other files have these columns too.
 *
 * @throws BalancedRecError `prepare/no-column`, `prepare/same-column`
 */
export function mapFiles([first, ...others]: readonly TableFile[], named: NamedColumns): ColumnMapping {
  const mapping = mapColumns(first!.table.columns, named, first!.path);
  for (const { table, path } of others) checkColumns(mapping, table.columns, path);
  return mapping;
}

/**
 * Finds the column of each role: the one named by the caller, otherwise one whose name reveals the role. Only `user` and `item`
 * are required.
 *
 * @param place the file with these columns
 * @throws BalancedRecError `prepare/no-column`, `prepare/same-column`
 */
export function mapColumns(columns: readonly string[], named: NamedColumns, place: string): ColumnMapping {
  const mapping: { [role in Role]?: MappedColumn } = {};
  for (const role of ROLES) {
    const column = named[role];
    if (column !== undefined && !columns.includes(column)) throw noSuchColumn(role, column, columns, place);
    if (column !== undefined) mapping[role] = { column, how: 'named' };
  }
  const taken = new Set(Object.values(mapping).map(({ column }) => column));
  for (const role of ROLES.filter((candidate) => mapping[candidate] === undefined)) {
    const column = guessColumn(
      columns.filter((candidate) => !taken.has(candidate)),
      KNOWN_COLUMNS[role],
    );
    if (column !== undefined) mapping[role] = { column, how: 'guessed' };
  }
  for (const role of ['user', 'item'] as const) {
    if (mapping[role] === undefined) throw noColumnOf(role, columns, place);
  }
  if (mapping.user!.column === mapping.item!.column) throw sameColumn(mapping.user!.column, place);
  return Object.fromEntries(ROLES.flatMap((role) => (mapping[role] ? [[role, mapping[role]]] : [])));
}

/** The first of the known names that matches a column. */
export function guessColumn(columns: readonly string[], known: readonly string[]): string | undefined {
  const plain = columns.map(plainName);
  const at = known.map((name) => plain.indexOf(name)).find((position) => position >= 0);
  return at === undefined ? undefined : columns[at];
}

function checkColumns(mapping: ColumnMapping, columns: readonly string[], place: string): void {
  for (const [role, { column }] of Object.entries(mapping) as [Role, MappedColumn][]) {
    if (!columns.includes(column)) throw noSuchColumn(role, column, columns, place);
  }
}

export function noSuchColumn(
  role: string,
  column: string,
  columns: readonly string[],
  place: string,
): BalancedRecError {
  const nearest = nearestName(column, columns);
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: `there is no column "${column}" to use as ${role}`,
    place,
    expected: `a column "${column}"`,
    found: listed(columns),
    remedy: nearest === undefined ? `choose one of the columns with --${role}` : `did you mean "${nearest}"?`,
  });
}

function noColumnOf(role: 'user' | 'item', columns: readonly string[], place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/no-column',
    message: `cannot detect the ${role} column`,
    place,
    expected: `a column such as ${role}_id`,
    found: listed(columns),
    remedy: `name the column with --${role}; for a file without a header, name all its columns with --columns`,
  });
}

function sameColumn(column: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/same-column',
    message: 'the same column cannot be both user and item',
    place,
    expected: 'two different columns',
    found: `"${column}" for both`,
    remedy: 'name different columns with --user and --item',
  });
}

/** Formats column names for an error, as many as are readable. */
export function listed(columns: readonly string[]): string {
  if (columns.length === 0) return 'no columns';
  const shown = columns.slice(0, 20).map((column) => (column.length > 40 ? `${column.slice(0, 40)}…` : column || '""'));
  return shown.join(', ') + (columns.length > 20 ? ` and ${columns.length - 20} more` : '');
}
