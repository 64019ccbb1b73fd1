import { stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

export interface RawLogTask {
  readonly interactions: number;
  readonly users: number;
  readonly items: number;
  readonly format: 'csv' | 'parquet';
  readonly file: string;
}

/**
 * Writes a realistic raw log: ids are text, pairs may be repeated, and rows are in no particular order. Values come from hashing the
 * row number, so the same options give the same rows. An item's share of the rows is proportional to 1 / rank.
 */
export async function generateRawLog({ interactions, users, items, format, file }: RawLogTask) {
  const connection = await (await DuckDBInstance.create()).connect();
  const uniform = (stream: number) => `(hash(i * 8 + ${stream}) / 18446744073709551616.0)`;
  const how = format === 'csv' ? 'FORMAT csv, HEADER true' : 'FORMAT parquet';
  await connection.run(`
    COPY (
      SELECT 'U' || lpad(floor(${uniform(0)} * ${users})::BIGINT::VARCHAR, 9, '0') AS user_id,
        'B' || lpad(floor(pow(${items}, ${uniform(1)}))::BIGINT::VARCHAR, 9, '0') AS item_id,
        1 + floor(${uniform(2)} * 5)::INTEGER AS rating,
        1300000000 + floor(${uniform(3)} * 300000000)::BIGINT AS timestamp
      FROM range(${interactions}) rows(i)
    ) TO '${file.replaceAll("'", "''")}' (${how})`);
  connection.closeSync();
  return { rows: interactions, bytes: (await stat(file)).size };
}
