import type { Role } from '../columns/known-columns.js';
import type { ColumnMapping } from '../columns/map-columns.js';
import { identifier } from '../duckdb/workspace.js';
import type { Table } from '../tables/table.js';

/**
 * A FROM clause with the text of each role under the role's name, and `listed`, whether the item comes from a list of items. Such
 * a row occurs once per item.
 *
 * @param further SQL of further columns, over the rows of the file
 */
export function selectRoles(
  table: Table,
  mapping: ColumnMapping,
  roles: readonly Role[],
  further: readonly string[] = [],
): string {
  const names = roles.map((role) => mapping[role]!.column);
  const { ids } = table.column(mapping.item!.column);
  const fields = roles.map((role) => {
    const { text, id } = table.column(mapping[role]!.column);
    const value = role === 'item' ? (ids ?? id) : role === 'user' ? id : text;
    return `${value} AS ${identifier(role)}`;
  });
  const rows = `(SELECT ${[...fields, ...further].join(', ')} FROM ${table.rows(names)})`;
  if (ids === undefined) return `(SELECT *, false AS listed FROM ${rows})`;
  return `(SELECT * EXCLUDE (item), unnest(item) AS item, len(item) > 1 AS listed FROM ${rows})`;
}
