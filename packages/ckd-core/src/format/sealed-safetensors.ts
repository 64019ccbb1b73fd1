import { appendDigest, DIGEST_BYTES } from '@balanced-rec/files';
import { decodeDescribed, type NamedArray, safetensorsChunks, type WritableArray } from './safetensors.js';
import { safetensorsHeader } from './safetensors-header.js';

/** The last array of a sealed file: the SHA-256 of all bytes before it. */
const SEAL = 'sha256';

/**
 * As `safetensorsChunks`, with one array more, `sha256`, whose 32 bytes are the last of the file and the SHA-256 of all others. So the
 * file is a safetensors file like any other, and can be written piece by piece.
 */
export function* sealedSafetensorsChunks(
  arrays: ReadonlyMap<string, WritableArray>,
  metadata?: Readonly<Record<string, string>>,
): Generator<Uint8Array, void, undefined> {
  const seal = { shape: [DIGEST_BYTES], values: new Uint8Array(0), dtype: 'U8' as const };
  yield* appendDigest(safetensorsChunks(new Map(arrays).set(SEAL, seal), metadata));
}

/**
 * Decodes what is before the digest of a sealed file.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed`
 */
export function decodeSealedSafetensors(content: Uint8Array, place: string): Map<string, NamedArray> {
  const { entries, ...header } = safetensorsHeader(content, place);
  const others = new Map([...entries].filter(([name]) => name !== SEAL));
  return decodeDescribed({ ...header, entries: others }, content, place);
}
