import { createHash } from 'node:crypto';

/** The length of a SHA-256 in bytes. */
export const DIGEST_BYTES = 32;

/** Yields the pieces of a file, then the SHA-256 of all of them. */
export function* appendDigest(pieces: Iterable<Uint8Array>): Generator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield hash.digest();
}

/**
 * Returns the bytes before the SHA-256 at the end of a file; undefined if it does not match, because of a flipped bit or
 * truncation.
 */
export function withoutDigest(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < DIGEST_BYTES) return undefined;
  const content = bytes.subarray(0, bytes.length - DIGEST_BYTES);
  const digest = createHash('sha256').update(content).digest();
  return digest.equals(bytes.subarray(content.length)) ? content : undefined;
}

const SEAL = /^\{\n "sha256": "([0-9a-f]{64})",\n/;

/**
 * Adds a first property `sha256` to the text of a JSON object that is indented by one space: the SHA-256 of the same text
 * without it. The file stays valid JSON, and `sed 2d FILE | sha256sum` checks it.
 */
export function sealJson(text: string): string {
  if (!text.startsWith('{\n ')) throw new RangeError('expected a JSON object with several lines');
  const digest = createHash('sha256').update(text).digest('hex');
  return `{\n "sha256": "${digest}",\n${text.slice(2)}`;
}

/**
 * Checks a sealed text and returns the text that {@link sealJson} was given.
 *
 * @param unsealedStart the first property of a text written before seals existed, which cannot be checked, for example `format`
 * @returns undefined if the text is neither sealed and intact nor starts with that property. The first property decides between
 *   the two, so that no single flipped bit turns a sealed text into an unsealed one
 */
export function openSealedJson(bytes: Uint8Array, unsealedStart: string): string | undefined {
  const sealed = Buffer.from(bytes).toString('utf8');
  const seal = SEAL.exec(sealed);
  if (!seal) return new RegExp(`^\\{\\s*"${unsealedStart}"`).test(sealed) ? sealed : undefined;
  const text = `{\n${sealed.slice(seal[0].length)}`;
  // Hashes the bytes: decoding would turn all invalid UTF-8 into the same replacement character.
  const hash = createHash('sha256')
    .update('{\n')
    .update(bytes.subarray(Buffer.byteLength(seal[0])));
  return hash.digest('hex') === seal[1] ? text : undefined;
}
