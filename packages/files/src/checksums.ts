import { createHash } from 'node:crypto';

/** Bytes of a SHA-256. */
export const DIGEST_BYTES = 32;

/** The pieces of a file, and last the SHA-256 of all of them. */
export function* appendDigest(pieces: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield hash.digest();
}

/** What is before the SHA-256 at the end of a file; undefined where that is not its SHA-256: any bit of it is another, or it was cut. */
export function withoutDigest(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < DIGEST_BYTES) return undefined;
  const content = bytes.subarray(0, bytes.length - DIGEST_BYTES);
  const digest = createHash('sha256').update(content).digest();
  return digest.equals(bytes.subarray(content.length)) ? content : undefined;
}

const SEAL = /^\{\n "sha256": "([0-9a-f]{64})",\n/;

/**
 * Gives the text of a JSON object, indented by one space, a first property `sha256`: the SHA-256 of the same text without it. So the
 * file stays JSON, and `sed 2d FILE | sha256sum` checks it.
 */
export function sealJson(text: string): string {
  if (!text.startsWith('{\n ')) throw new RangeError('a JSON object of several lines is expected');
  const digest = createHash('sha256').update(text).digest('hex');
  return `{\n "sha256": "${digest}",\n${text.slice(2)}`;
}

/**
 * The text that {@link sealJson} was given, checked.
 * @param unsealedStart how a text begins that was written before there were seals, which nothing is known of: `"format"`, say
 * @returns undefined where the text is neither sealed and whole nor begins so. Which of the two is told by the first property, so that
 * no one bit makes of a sealed text an unsealed one
 */
export function openSealedJson(bytes: Uint8Array, unsealedStart: string): string | undefined {
  const sealed = Buffer.from(bytes).toString('utf8');
  const seal = SEAL.exec(sealed);
  if (!seal) return new RegExp(`^\\{\\s*"${unsealedStart}"`).test(sealed) ? sealed : undefined;
  const text = `{\n${sealed.slice(seal[0].length)}`;
  // Of the bytes: decoding takes what is no UTF-8 for the same replacement character.
  const hash = createHash('sha256')
    .update('{\n')
    .update(bytes.subarray(Buffer.byteLength(seal[0])));
  return hash.digest('hex') === seal[1] ? text : undefined;
}
