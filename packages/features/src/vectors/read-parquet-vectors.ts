import { BalancedRecError } from '@balanced-rec/errors';
import { itemId } from '../items/item-record.js';
import { ParquetFault, parquetRows } from '../items/parquet-rows.js';
import type { VectorSink } from './collect-vectors.js';
import { type VectorColumns, vectorColumns } from './vector-columns.js';

/**
 * Reads the ids and vectors of a Parquet file.
 *
 * @throws BalancedRecError `vectors/malformed-parquet`, `vectors/unknown-column`
 */
export async function readParquetVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  const choose = (names: readonly string[]) => {
    const { id, vector } = vectorColumns(columns, names, file);
    return [id, vector];
  };
  try {
    for await (const { row, values } of parquetRows(file, choose)) {
      const place = `${file}: row ${row}`;
      sink.add(itemId(values[0], place), values[1], place);
    }
  } catch (error) {
    throw error instanceof ParquetFault ? malformed(file, error) : error;
  }
}

function malformed(place: string, fault: ParquetFault): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/malformed-parquet',
    message: 'the Parquet file cannot be read',
    place,
    expected: 'a Parquet file with an id column and a column of number lists',
    found: fault.reason,
    remedy: 'write it again, for example with pandas or pyarrow, or as .jsonl',
    cause: fault,
  });
}
