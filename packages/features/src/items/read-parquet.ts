import type { ItemRecord } from './item-record.js';
import { type ParquetUse, parquetRows } from './parquet-rows.js';

/**
 * Reads columns of a Parquet file. Other columns may hold images or vectors, which would take memory for nothing.
 *
 * @param wanted the columns that are read if the file has them; the others are only named, without values
 * @throws BalancedRecError `items/malformed-parquet`, and the errors for missing files
 */
export async function* readParquet(file: string, wanted: readonly string[]): AsyncGenerator<ItemRecord> {
  let names: readonly string[] = [];
  let chosen: readonly string[] = [];
  const use: ParquetUse = {
    code: 'items/malformed-parquet',
    expected: 'a complete Parquet file',
    choose: (found) => {
      names = found;
      chosen = wanted.filter((name) => found.includes(name));
      return chosen;
    },
  };
  for await (const { row, values } of parquetRows(file, use)) {
    const fields: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, undefined]));
    // Lists of numbers arrive as typed arrays.
    for (const [n, name] of chosen.entries())
      fields[name] = values[n] instanceof Float64Array ? [...values[n]] : values[n];
    yield { place: `${file}: row ${row}`, fields };
  }
}
