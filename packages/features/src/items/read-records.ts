import { extname } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { ItemRecord } from './item-record.js';
import { readDelimited, readTabbed } from './read-delimited.js';
import { readJson, readJsonLines } from './read-json.js';

const readers: Readonly<Record<string, (path: string) => AsyncGenerator<ItemRecord>>> = {
  '.csv': readDelimited,
  '.txt': readDelimited,
  '.dat': readDelimited,
  '.tsv': readTabbed,
  '.tab': readTabbed,
  '.json': readJson,
  '.jsonl': readJsonLines,
  '.ndjson': readJsonLines,
};

/**
 * Reads the records of a delimited, JSON or JSON Lines file. The extension determines the format.
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
