import { extname } from 'node:path';
import { decodeNpy, readBytes } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { itemId } from '../items/item-record.js';
import { readWholeJson } from '../items/read-json.js';
import { readLines } from '../items/read-lines.js';
import type { VectorSink } from './collect-vectors.js';

/**
 * Reads a matrix in an `.npy` file. Row n is the vector of the n-th id in a file of ids, otherwise of the n-th item.
 *
 * @param ids the ids of the dataset's items
 * @throws BalancedRecError `vectors/rows-differ`, `npy/...`
 */
export async function readNpyVectors(
  file: string,
  idsFile: string | undefined,
  ids: readonly string[],
  sink: VectorSink,
): Promise<void> {
  const { rows, columns, values } = decodeNpy(await readBytes(file), file);
  const rowIds = idsFile === undefined ? ids : await readIds(idsFile);
  if (rowIds.length !== rows) throw rowsDiffer(file, rows, rowIds.length, idsFile);
  for (const [row, id] of rowIds.entries()) {
    sink.add(id, values.subarray(row * columns, (row + 1) * columns), `${file}: row ${row}`);
  }
}

/** One id per line, or a JSON array. */
async function readIds(file: string): Promise<readonly string[]> {
  const ids: string[] = [];
  if (extname(file).toLowerCase() === '.json') {
    const value = await readWholeJson(file);
    for (const [n, id] of (Array.isArray(value) ? value : [value]).entries())
      ids.push(itemId(id, `${file}: entry ${n}`));
  } else {
    for await (const { text, number } of readLines(file)) ids.push(itemId(text.trim(), `${file}:${number}`));
  }
  return ids;
}

function rowsDiffer(file: string, rows: number, needed: number, idsFile: string | undefined): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/rows-differ',
    message: 'the number of rows differs from the number of ids',
    place: file,
    expected: `${needed} rows: ${idsFile === undefined ? 'one per item of the dataset, in order' : `one per id in ${idsFile}`}`,
    found: `${rows}`,
    remedy:
      idsFile === undefined
        ? 'pass a file with the id of each row (--vector-ids FILE)'
        : 'write both files from the same list',
  });
}
