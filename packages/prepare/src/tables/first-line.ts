import { BalancedRecError } from '@balanced-rec/errors';
import { literal } from '../duckdb/sql-text.js';
import type { Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';
import type { DelimitedOptions } from './open-delimited.js';

/**
 * The first line of a text.
 *
 * @throws BalancedRecError `prepare/empty-file`, `prepare/malformed-row`, `prepare/bad-encoding`
 */
export async function firstLine(
  workspace: Workspace,
  source: SourceFile,
  encoding: DelimitedOptions['encoding'],
): Promise<string> {
  const { path, pattern, compression, head } = source;
  if (head !== undefined) return lineOf(decode(head, encoding, path), path);
  // Through DuckDB, in a column of its own: no text has this delimiter.
  const [row] = await workspace.rows(
    `SELECT line FROM read_csv(${literal(pattern)}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'},
      delim = '\x01', quote = '', escape = '', strict_mode = false, encoding = '${encoding}', compression = '${compression}') LIMIT 1`,
    source,
  );
  return lineOf(`${row?.[0] ?? ''}\n`, path);
}

function decode(head: Uint8Array, encoding: DelimitedOptions['encoding'], place: string): string {
  const isBigEndian = head[0] === 0xfe && head[1] === 0xff;
  const isUtf16 = isBigEndian || (head[0] === 0xff && head[1] === 0xfe);
  if (isUtf16 && encoding !== 'utf-16') throw isInUtf16(place);
  const label = { 'utf-8': 'utf-8', 'latin-1': 'latin1', 'utf-16': isBigEndian ? 'utf-16be' : 'utf-16le' }[encoding];
  return new TextDecoder(label).decode(head);
}

function lineOf(text: string, place: string): string {
  const end = text.search(/[\r\n]/);
  const line = end < 0 ? text : text.slice(0, end);
  if (line.trim() !== '') return line;
  throw new BalancedRecError({
    code: 'prepare/empty-file',
    message: 'the first line is empty',
    place: `${place}:1`,
    expected: 'the names of the columns',
    found: 'an empty line',
    remedy: 'remove empty lines before the first',
  });
}

function isInUtf16(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-encoding',
    message: 'the text is not in the encoding expected',
    place,
    expected: 'UTF-8, or what --encoding says',
    found: 'a UTF-16 byte order mark',
    remedy: 'say --encoding utf-16',
  });
}
