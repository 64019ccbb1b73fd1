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
 * Reads the records of a CSV, TSV, JSON or JSONL file. The extension determines the format.
 *
 * @throws BalancedRecError `items/unknown-format`, and the errors of the format's reader
 */
export function readRecords(path: string): AsyncGenerator<ItemRecord> {
  const reader = readers[extname(path).toLowerCase()];
  if (reader !== undefined) return reader(path);
  throw new BalancedRecError({
    code: 'items/unknown-format',
    message: 'unknown file format',
    place: path,
    expected: `a file ending in ${Object.keys(readers).join(', ')}`,
    found: extname(path) || 'no extension',
    remedy: 'rename or convert the file',
  });
}
