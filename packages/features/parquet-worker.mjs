// Reads columns of a Parquet file in a separate thread: a broken file can keep the reader busy forever, and a thread can be
// terminated.
import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const { path, rowsAtOnce } = workerData;
const handle = await open(path);
const { size } = await handle.stat();
const file = {
  byteLength: size,
  async slice(start, end = size) {
    // A broken file may request any range.
    if (!(start >= 0 && end >= start && end <= size)) throw new RangeError(`bytes ${start} to ${end} of ${size}`);
    const bytes = new Uint8Array(end - start);
    await handle.read(bytes, 0, bytes.length, start);
    return bytes.buffer;
  },
};

try {
  const metadata = await parquetMetadataAsync(file);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  parentPort.postMessage({ names });
  const columns = await new Promise((resolve) => parentPort.once('message', resolve));
  await readRows(metadata, columns);
  parentPort.postMessage({ end: true });
} catch (error) {
  parentPort.postMessage({ fault: String(error?.message ?? error) });
} finally {
  parentPort.unref();
  await handle.close();
}

async function readRows(metadata, columns) {
  let start = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const end = start + Number(count);
    const rows = await parquetReadObjects({
      ...{ file, metadata, compressors, columns, rowStart: start, rowEnd: end },
    });
    for (let n = 0; n < rows.length; n += rowsAtOnce) {
      const some = rows.slice(n, n + rowsAtOnce).map((row) => columns.map((name) => compact(row[name])));
      parentPort.postMessage({ start: start + n, rows: some });
    }
    start = end;
  }
}

/** Lists of numbers are smaller and faster to transfer as typed arrays. */
function compact(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'number') ? Float64Array.from(value) : value;
}
