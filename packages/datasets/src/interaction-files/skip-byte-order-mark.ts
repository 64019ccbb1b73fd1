import { BalancedRecError } from '@balanced-rec/errors';

/**
 * Returns where the text of a file starts: after a UTF-8 byte order mark, if there is one.
 *
 * @throws BalancedRecError `dataset/bad-encoding` for UTF-16, `dataset/empty-file` for a file without text
 */
export function skipByteOrderMark(bytes: Uint8Array, place: string): number {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new BalancedRecError({
      code: 'dataset/bad-encoding',
      message: 'the file is not UTF-8 text',
      place,
      expected: 'UTF-8 (or plain ASCII)',
      found: 'a UTF-16 byte order mark',
      remedy: 'save the file again as UTF-8',
    });
  }
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (bytes.subarray(start).every(isSpace)) {
    throw new BalancedRecError({
      code: 'dataset/empty-file',
      message: 'the file is empty',
      place,
      expected: 'interactions',
      found: `${bytes.length} bytes, none of them text`,
      remedy: 'write the file again; the program that wrote it may have been interrupted',
    });
  }
  return start;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
