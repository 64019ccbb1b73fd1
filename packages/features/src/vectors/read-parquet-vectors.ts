import { open } from 'node:fs/promises';
import { BalancedRecError } from '@balanced-rec/errors';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { itemId } from '../items/item-id.js';
import { unreadableFile } from '../items/read-lines.js';
import { type VectorColumns, vectorColumns } from './vector-columns.js';
import type { VectorSink } from './vector-table.js';

/**
 * Two columns of a Parquet file, one row group after the other.
 *
 * @throws BalancedRecError `vectors/malformed-parquet`, `vectors/unknown-column`
 */
export async function readParquetVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadableFile(file, error);
  });
  try {
    const buffer = await bufferOf(handle);
    const metadata = await readable(file, () => parquetMetadataAsync(buffer));
    const names = await readable(file, async () => parquetSchema(metadata).children.map(({ element }) => element.name));
    const { id, vector } = vectorColumns(columns, names, file);
    for (const { rowStart, rowEnd } of rowGroups(metadata)) {
      const rows = await readable(file, () =>
        parquetReadObjects({ file: buffer, metadata, compressors, columns: [id, vector], rowStart, rowEnd }),
      );
      for (const [n, row] of rows.entries()) {
        const place = `${file}: row ${rowStart + n}`;
        sink.add(itemId(row[id], `${place} (${id})`), row[vector], place);
      }
    }
  } finally {
    await handle.close();
  }
}

function* rowGroups({ row_groups: groups }: FileMetaData): Generator<{ rowStart: number; rowEnd: number }> {
  let rowStart = 0;
  for (const { num_rows: rows } of groups) {
    const rowEnd = rowStart + Number(rows);
    yield { rowStart, rowEnd };
    rowStart = rowEnd;
  }
}

async function bufferOf(handle: Awaited<ReturnType<typeof open>>): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      // A broken file may name any range.
      if (!(start >= 0 && end >= start && end <= size)) throw new RangeError(`bytes ${start} to ${end} of ${size}`);
      const bytes = new Uint8Array(end - start);
      await handle.read(bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
  };
}

/** The reader's own errors are of any kind: all of them mean that the file is broken, or of a kind that it does not know. */
async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new BalancedRecError({
      code: 'vectors/malformed-parquet',
      message: 'this is no Parquet file that can be read',
      place: file,
      expected: 'a Parquet file with a column of ids and a column of lists of numbers',
      found: String((cause as Error)?.message ?? cause)
        .split('\n')[0]!
        .slice(0, 200),
      remedy: 'write it again, for example with pandas or pyarrow, or as .jsonl',
      cause,
    });
  }
}
