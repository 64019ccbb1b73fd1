import { extname } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { readDelimited, readTabbed } from './read-delimited.js';
import { readJson, readJsonLines } from './read-json.js';
import { readParquet } from './read-parquet.js';

const readers: Readonly<Record<string, (path: string, wanted: readonly string[]) => AsyncGenerator<ItemRecord>>> = {
  '.csv': readDelimited,
  '.txt': readDelimited,
  '.dat': readDelimited,
  '.tsv': readTabbed,
  '.tab': readTabbed,
  '.json': readJson,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
  '.parquet': readParquet,
  '.pq': readParquet,
};

/**
 * Reads the records of a delimited, JSON, JSON Lines or Parquet file. The extension determines the format.
 *
 * @param wanted the columns that are needed; those of a Parquet file are read only if they are
 * @throws BalancedRecError `items/unknown-format`, and the errors of the format's reader
 */
export function readRecords(path: string, wanted: readonly string[]): AsyncGenerator<ItemRecord> {
  const reader = readers[extname(path).toLowerCase()];
  if (reader !== undefined) return reader(path, wanted);
  throw new BalancedRecError({
    code: 'items/unknown-format',
    message: 'unknown file format',
    place: path,
    expected: `a file ending in ${Object.keys(readers).join(', ')}`,
    found: extname(path) || 'no extension',
    remedy: 'rename or convert the file',
  });
}
