import { createHash } from 'node:crypto';

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
