import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { scratchFolder } from './scratch-folder.js';

/** Writes the rows of a query to a Parquet file in a new folder, and returns its path. */
export async function parquetOf(query: string): Promise<string> {
  const file = join(await scratchFolder(), 'log.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (${query}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  return file;
}
