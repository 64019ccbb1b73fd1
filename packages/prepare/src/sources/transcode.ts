import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TextDecoder } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';
import { decoderOf } from '../options/encodings.js';
import { decompressor } from './inspect-file.js';
import type { SourceFile } from './source-file.js';

/**
 * Writes a file as UTF-8, since DuckDB reads few other encodings.
 *
 * @param encoding any of the WHATWG's names, such as `windows-1252`; with a byte order mark, `utf-16` may be big-endian
 * @param copy where to write
 * @returns the source that reads the copy, with the path of the original
 * @throws BalancedRecError `prepare/bad-encoding`, `prepare/unsupported-path`
 */
export async function transcode(source: SourceFile, encoding: string, copy: string): Promise<SourceFile> {
  const { path, compression, isRemote, head } = source;
  if (isRemote || head === undefined) throw mustBePlain(source, encoding);
  const isBigEndian = head[0] === 0xfe && head[1] === 0xff;
  const decoder = decoderOf(isBigEndian && decoderOf(encoding)!.encoding === 'utf-16le' ? 'utf-16be' : encoding)!;
  const unpack = decompressor(compression) ?? new PassThrough();
  const decode = (chunks: AsyncIterable<Uint8Array>) => decoded(chunks, decoder);
  try {
    await pipeline(createReadStream(path), unpack, decode, createWriteStream(copy));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw notIn(path, encoding, cause);
    throw cause;
  }
  return { ...source, pattern: copy, compression: 'none', head: await beginningOf(copy, head.length) };
}

async function* decoded(chunks: AsyncIterable<Uint8Array>, decoder: TextDecoder): AsyncGenerator<string> {
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function beginningOf(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function notIn(place: string, encoding: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-encoding',
    message: 'the text is not in the expected encoding',
    place,
    expected: `text in ${encoding}`,
    found: 'bytes that it does not have',
    remedy: 'name the encoding that the file was saved in with --encoding, or save it again as UTF-8',
    cause,
  });
}

function mustBePlain({ path, isRemote }: SourceFile, encoding: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/bad-encoding',
    message: 'the file cannot be converted to UTF-8',
    place: path,
    expected: `a local file in ${encoding}, plain or compressed with gzip`,
    found: isRemote ? 'a remote file' : 'a file compressed with zstd, which Node.js reads from version 22.15 on',
    remedy: isRemote ? 'download the file and use its local path' : 'decompress it first',
  });
}
