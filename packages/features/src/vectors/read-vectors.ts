import { basename, extname } from 'node:path';
import { countOf } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { Fault } from '../items/item-inputs.js';
import type { ItemIds } from '../items/read-item-ids.js';
import { VectorCollector } from './collect-vectors.js';
import { readJsonlVectors, readJsonVectors } from './read-json-vectors.js';
import { readNpyVectors } from './read-npy-vectors.js';
import { readParquetVectors } from './read-parquet-vectors.js';
import type { VectorColumns } from './vector-columns.js';

/** A file with existing vectors. */
export interface VectorSource extends VectorColumns {
  /** `.npy`, `.json`, `.jsonl` or `.parquet`. */
  readonly file: string;
  /** The ids of an `.npy` file's rows. Default: the dataset's items in order. */
  readonly idsFile?: string | undefined;
}

/** Vectors by row of the feature file. */
export interface VectorRows {
  readonly dimension: number;
  readonly vectors: ReadonlyMap<number, Float32Array>;
  readonly faults: ReadonlyMap<number, Fault>;
  readonly notes: readonly string[];
}

const FORMATS = ['.npy', '.json', '.jsonl', '.ndjson', '.parquet'];

/**
 * Reads vectors and matches them with the items by id. An item without a vector, or with a non-finite one, is a fault.
 *
 * @throws BalancedRecError `vectors/...`, `npy/...`, `items/...`: the README lists the codes
 */
export async function readVectors(source: VectorSource, { ids, rowOf }: ItemIds): Promise<VectorRows> {
  const { file, idsFile } = source;
  const collector = new VectorCollector(rowOf, file);
  const format = extname(file).toLowerCase();
  if (format === '.npy') await readNpyVectors(file, idsFile, ids, collector);
  else if (format === '.json') await readJsonVectors(file, source, collector);
  else if (format === '.jsonl' || format === '.ndjson') await readJsonlVectors(file, source, collector);
  else if (format === '.parquet') await readParquetVectors(file, source, collector);
  else throw unknownFormat(file, format);

  const { dimension, vectors, others } = collector.finish();
  const rows = new Map<number, Float32Array>();
  const faults = new Map<number, Fault>();
  for (const [row, id] of ids.entries()) {
    const vector = vectors.get(id);
    if (vector === undefined) faults.set(row, new Fault('missing', `no vector in ${basename(file)}`));
    else if (!vector.every(Number.isFinite)) faults.set(row, new Fault('not-finite', 'not finite as float32'));
    else rows.set(row, vector);
  }
  const notes = others > 0 ? [`${countOf(others, 'vector')} for other items`] : [];
  return { dimension, vectors: rows, faults, notes };
}

function unknownFormat(file: string, format: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/unknown-format',
    message: 'unknown vector format',
    place: file,
    expected: `a file ending in ${FORMATS.join(', ')}`,
    found: format || 'no extension',
    remedy: 'rename or convert the file',
  });
}
