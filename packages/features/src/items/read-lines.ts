import { createReadStream } from 'node:fs';
import { BalancedRecError } from '@balanced-rec/errors';

/** Otherwise a file without line ends would be read into memory completely. */
export const LONGEST_LINE = 2 ** 24;

const NEWLINE = 0x0a;

/** A line of a text file, numbered from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Yields the lines of a UTF-8 file as they are requested. A byte order mark and CRLF are accepted; blank lines are skipped.
 *
 * @throws BalancedRecError `items/missing-file`, `items/unreadable-file`, `items/bad-encoding`, `items/line-too-long`
 */
export async function* readLines(path: string, longest = LONGEST_LINE): AsyncGenerator<Line> {
  for await (const { text, number } of readAllLines(path, longest)) {
    if (text.trim() !== '') yield { text: text.endsWith('\r') ? text.slice(0, -1) : text, number };
  }
}

/** Like `readLines`, but keeps blank lines and carriage returns, which may be part of a quoted field. Throws the same errors. */
export async function* readAllLines(path: string, longest = LONGEST_LINE): AsyncGenerator<Line> {
  let number = 0;
  for await (const bytes of splitLines(path, longest)) {
    number++;
    yield { text: decodeLine(number === 1 ? withoutMark(bytes, path) : bytes, `${path}:${number}`), number };
  }
}

async function* splitLines(path: string, longest: number): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let length = 0;
  let lines = 0;
  for await (const chunk of readChunks(path)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      if (length + end - start > longest) throw lineTooLong(path, lines + 1, longest);
      yield parts.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...parts, chunk.subarray(start, end)]);
      lines++;
      [parts, length, start] = [[], 0, end + 1];
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > longest) throw lineTooLong(path, lines + 1, longest);
  }
  if (length > 0) yield Buffer.concat(parts);
}

async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 2 ** 18 });
  } catch (error) {
    throw unreadableFile(path, error as NodeJS.ErrnoException);
  }
}

function withoutMark(bytes: Uint8Array, path: string): Uint8Array {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw badEncoding(path, 'a UTF-16 byte order mark');
  }
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function decodeLine(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badEncoding(place, 'bytes that are not UTF-8');
  }
}

/** Returns `items/missing-file` or `items/unreadable-file`. */
export function unreadableFile(place: string, cause: NodeJS.ErrnoException): BalancedRecError {
  const missing = cause.code === 'ENOENT';
  return new BalancedRecError({
    code: missing ? 'items/missing-file' : 'items/unreadable-file',
    message: missing ? 'the file does not exist' : 'the file cannot be read',
    place,
    expected: 'a readable file',
    found: cause.message,
    remedy: missing ? 'check the path' : 'check that it is a file and that you may read it',
    cause,
  });
}

function badEncoding(place: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'items/bad-encoding',
    message: 'the file is not UTF-8 text',
    place,
    expected: 'UTF-8 (or plain ASCII)',
    found,
    remedy: 'save the file again as UTF-8; iconv -f WINDOWS-1252 -t UTF-8 converts it from Western European Windows',
  });
}

function lineTooLong(path: string, number: number, longest: number): BalancedRecError {
  return new BalancedRecError({
    code: 'items/line-too-long',
    message: 'the line is far too long',
    place: `${path}:${number}`,
    expected: `at most ${longest} bytes before the line ends`,
    found: 'more',
    remedy: 'check the format: use .json for JSON over several lines, and .jsonl for one object per line',
  });
}
