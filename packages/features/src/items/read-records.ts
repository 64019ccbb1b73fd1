import { extname } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { readCsv, readTsv } from './read-delimited.js';
import { readJson, readJsonLines } from './read-json.js';

const readers: Readonly<Record<string, (path: string) => AsyncGenerator<ItemRecord>>> = {
  '.csv': readCsv,
  '.tsv': readTsv,
  '.json': readJson,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
};

/**
 * The records of a CSV, TSV, JSON or JSONL file, told by its extension.
 *
 * @throws BalancedRecError `items/unknown-format`, and what the reader of the format throws
 */
export function readRecords(path: string): AsyncGenerator<ItemRecord> {
  const reader = readers[extname(path).toLowerCase()];
  if (reader !== undefined) return reader(path);
  throw new BalancedRecError({
    code: 'items/unknown-format',
    message: 'the format of this file is not known',
    place: path,
    expected: `a file that ends in ${Object.keys(readers).join(', ')}`,
    found: extname(path) || 'no extension',
    remedy: 'rename or convert the file',
  });
}
