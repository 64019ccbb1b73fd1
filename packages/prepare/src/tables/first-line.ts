import { BalancedRecError } from '@balanced-rec/errors';
import { literal, type Workspace } from '../duckdb/workspace.js';
import type { SourceFile } from '../sources/source-file.js';

/**
 * The first line of a text.
 *
 * @throws BalancedRecError `prepare/empty-file`, `prepare/malformed-row`, `prepare/bad-encoding`
 */
export async function firstLine(workspace: Workspace, source: SourceFile): Promise<string> {
  const { path, pattern, compression, head } = source;
  if (head !== undefined) return lineOf(decode(head, path), path);
  // Read through DuckDB as a single column: no text contains this delimiter.
  const [row] = await workspace.rows(
    `SELECT line FROM read_csv(${literal(pattern)}, auto_detect = false, header = false, columns = {'line': 'VARCHAR'},
      delim = '\x01', quote = '', escape = '', strict_mode = false, compression = '${compression}') LIMIT 1`,
    source,
  );
  return lineOf(`${row?.[0] ?? ''}\n`, path);
}

function decode(head: Uint8Array, place: string): string {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) throw isInUtf16(place);
  return new TextDecoder().decode(head);
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
    remedy: 'remove empty lines at the start of the file',
  });
}

function isInUtf16(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-encoding',
    message: 'the text is not in the expected encoding',
    place,
    expected: 'UTF-8, or the encoding set with --encoding',
    found: 'a UTF-16 byte order mark',
    remedy: 'set --encoding utf-16',
  });
}
