import { itemId } from '../items/item-record.js';
import { type ParquetUse, parquetRows } from '../items/parquet-rows.js';
import type { VectorSink } from './collect-vectors.js';
import { type VectorColumns, vectorColumns } from './vector-columns.js';

/**
 * Reads the ids and vectors of a Parquet file.
 *
 * @throws BalancedRecError `vectors/malformed-parquet`, `vectors/unknown-column`
 */
export async function readParquetVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  const use: ParquetUse = {
    code: 'vectors/malformed-parquet',
    expected: 'a Parquet file with an id column and a column of number lists',
    choose: (names) => {
      const { id, vector } = vectorColumns(columns, names, file);
      return [id, vector];
    },
  };
  for await (const { row, values } of parquetRows(file, use)) {
    const place = `${file}: row ${row}`;
    sink.add(itemId(values[0], place), values[1], place);
  }
}
