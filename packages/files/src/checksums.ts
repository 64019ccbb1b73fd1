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
