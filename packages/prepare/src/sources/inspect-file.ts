import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PassThrough, type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { BalancedRecError } from '@balanced-rec/errors';
import type { FileFormat } from '../options/prepare-options.js';
import type { SourceFile } from './source-file.js';

const HEAD_BYTES = 2 ** 20;
const CLOSE_LIST = 0x5d;
const OPEN_LIST = 0x5b;

type Inspection = Pick<SourceFile, 'size' | 'sha256' | 'head' | 'compression'>;

/**
 * Reads a local file once to find its hash, its beginning, and whether it is complete: DuckDB treats the end of a truncated
 * compressed file, or of a truncated JSON array, as the end of the data.
 *
 * @throws BalancedRecError `prepare/missing-file`, `prepare/unreadable-file`, `prepare/empty-file`, `prepare/wrong-format`,
 *   `prepare/bad-compression`, `prepare/malformed-json`
 */
export async function inspectFile(path: string, format: FileFormat, signal?: AbortSignal): Promise<Inspection> {
  const size = await sizeOf(path);
  if (size === 0) throw emptyFile(path);
  const compression = compressionByContent(await firstBytes(path));
  const hash = createHash('sha256');
  const text = new TextEnds();
  const hashing = new PassThrough().on('data', (chunk: Buffer) => hash.update(chunk));
  const unpack = format === 'parquet' ? undefined : decompressor(compression);
  try {
    await pipeline([createReadStream(path), hashing, ...(unpack ? [unpack] : []), text], { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
  // Node.js 20 cannot decompress zstd; DuckDB can.
  const head = compression === 'zstd' && unpack === undefined ? undefined : text.head;
  if (head !== undefined) checkContent(path, format, head, text.last);
  return { size, sha256: hash.digest('hex'), compression, head };
}

/** Keeps the beginning of what is written to it, and the last byte that is not white space. */
class TextEnds extends Writable {
  last: number | undefined;
  readonly #head: Buffer[] = [];
  #kept = 0;

  get head(): Uint8Array {
    return Buffer.concat(this.#head);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (this.#kept < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - this.#kept);
      this.#head.push(part);
      this.#kept += part.length;
    }
    let end = chunk.length;
    while (end > 0 && isSpace(chunk[end - 1]!)) end--;
    if (end > 0) this.last = chunk[end - 1];
    done();
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error);
  });
  if (found.isFile()) return found.size;
  throw new BalancedRecError({
    code: 'prepare/unreadable-file',
    message: 'not a file',
    place: path,
    expected: 'a file, or a pattern of files such as logs/*.csv',
    found: found.isDirectory() ? 'a folder' : 'something that can only be read once',
    remedy: found.isDirectory() ? `use the files in it: ${path.replace(/\/$/, '')}/*` : 'write it to a file first',
  });
}

async function firstBytes(path: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: 3 })) return chunk as Buffer;
  return new Uint8Array();
}

function compressionByContent(bytes: Uint8Array): SourceFile['compression'] {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  const isZstd = bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd;
  return isZstd ? 'zstd' : 'none';
}

/** The stream that decompresses a file; undefined if there is nothing to decompress, or Node.js cannot. */
export function decompressor(compression: SourceFile['compression']): Transform | undefined {
  if (compression === 'gzip') return zlib.createGunzip();
  // Since Node.js 22.15.
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  return compression === 'zstd' ? createZstdDecompress?.() : undefined;
}

function checkContent(path: string, format: FileFormat, head: Uint8Array, last: number | undefined): void {
  const isParquet = head.length >= 4 && Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1';
  if (isParquet !== (format === 'parquet')) throw wrongFormat(path, format, isParquet);
  if (last === undefined) throw emptyFile(path);
  if (format !== 'json') return;
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw jsonInUtf16(path);
  const first = head.find((byte, at) => !isSpace(byte) && !(at < 3 && byte >= 0xbb));
  if (first === OPEN_LIST && last !== CLOSE_LIST) throw cutOffJson(path);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function emptyFile(path: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/empty-file',
    message: 'the file is empty',
    place: path,
    expected: 'rows',
    found: 'no text',
    remedy: 'write the file again; the program that wrote it may have been interrupted',
  });
}

function wrongFormat(path: string, format: FileFormat, isParquet: boolean): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/wrong-format',
    message: 'the file is not in the format that its name or --format says',
    place: path,
    expected: format === 'parquet' ? 'a Parquet file, which starts with PAR1' : `text (${format})`,
    found: isParquet ? 'a Parquet file' : 'something else',
    remedy: isParquet ? 'set --format parquet' : 'set --format csv or json, or write the file again',
  });
}

function jsonInUtf16(path: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-encoding',
    message: 'the text is not in the expected encoding',
    place: path,
    expected: 'UTF-8, as required for JSON',
    found: 'a UTF-16 byte order mark',
    remedy: 'save the file again as UTF-8',
  });
}

function cutOffJson(path: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/malformed-json',
    message: 'the JSON array is not closed',
    place: path,
    expected: '"]" as the last character',
    found: 'a truncated array',
    remedy: 'download or write the file again',
  });
}

function unreadable(path: string, cause: NodeJS.ErrnoException): BalancedRecError {
  const isCompression = /^(Z_|ERR_ZLIB|ZSTD_)/.test(cause.code ?? '') || cause.code === 'ERR__ZSTD';
  const isMissing = cause.code === 'ENOENT';
  return new BalancedRecError({
    code: isCompression ? 'prepare/bad-compression' : isMissing ? 'prepare/missing-file' : 'prepare/unreadable-file',
    message: isCompression
      ? 'the file cannot be decompressed'
      : isMissing
        ? 'the file does not exist'
        : 'the file cannot be read',
    place: path,
    expected: isCompression ? 'a complete compressed file' : 'a readable file',
    found: cause.message,
    remedy: isCompression
      ? 'download or write the file again; it may be truncated'
      : `check the path and its permissions; relative paths are resolved from ${process.cwd()}`,
    cause,
  });
}
