import { appendDigest, DIGEST_BYTES } from '@balanced-rec/files';
import { decodeDescribed, type NamedArray, safetensorsChunks, type WritableArray } from './safetensors.js';
import { safetensorsHeader } from './safetensors-header.js';

/** The last array of a sealed file: the SHA-256 of all bytes before it. */
const SEAL = 'sha256';

/**
 * Like `safetensorsChunks`, with an additional array `sha256`: the last 32 bytes of the file, which are the SHA-256 of all bytes before
 * them. The result is still an ordinary safetensors file, and can be written piece by piece.
 */
export function* sealedSafetensorsChunks(
  arrays: ReadonlyMap<string, WritableArray>,
  metadata?: Readonly<Record<string, string>>,
): Generator<Uint8Array, void, undefined> {
  const seal = { shape: [DIGEST_BYTES], values: new Uint8Array(0), dtype: 'U8' as const };
  yield* appendDigest(safetensorsChunks(new Map(arrays).set(SEAL, seal), metadata));
}

/**
 * Decodes the part of a sealed file before the digest.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed`
 */
export function decodeSealedSafetensors(content: Uint8Array, place: string): Map<string, NamedArray> {
  const { entries, ...header } = safetensorsHeader(content, place);
  const others = new Map([...entries].filter(([name]) => name !== SEAL));
  return decodeDescribed({ ...header, entries: others }, content, place);
}
