import { malformed, type SafetensorsHeader, safetensorsHeader } from './safetensors-header.js';

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What can be written: float32, or int32 or bytes where it says so. */
export type WritableArray =
  | NamedArray
  | { readonly shape: readonly number[]; readonly values: Int32Array; readonly dtype: 'I32' }
  | { readonly shape: readonly number[]; readonly values: Uint8Array; readonly dtype: 'U8' };

/**
 * Encodes float32 arrays in the safetensors format (little-endian u64 header length, JSON header, data), which Python reads with
 * `safetensors.numpy.load_file`.
 */
export function encodeSafetensors(arrays: ReadonlyMap<string, NamedArray>): Uint8Array {
  const chunks = [...safetensorsChunks(arrays)];
  const bytes = new Uint8Array(chunks.reduce((total, { length }) => total + length, 0));
  chunks.reduce((at, chunk) => {
    bytes.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return bytes;
}

/**
 * What {@link encodeSafetensors} gives, piece by piece, so that a file can be written without a second copy of it in memory.
 * Values are asked for when their turn comes.
 * @param metadata kept in the header, as the format provides for; see {@link safetensorsHeader}
 */
export function* safetensorsChunks(
  arrays: ReadonlyMap<string, WritableArray>,
  metadata?: Readonly<Record<string, string>>,
): Generator<Uint8Array, void, undefined> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, array] of arrays) {
    const { shape } = array;
    const dtype = 'dtype' in array ? array.dtype : 'F32';
    const end = offset + (dtype === 'U8' ? 1 : 4) * shape.reduce((product, n) => product * n, 1);
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Readers may map the data in place, so it starts at a multiple of 8; the format lets spaces fill the header up.
  const headerLength = Math.ceil(json.length / 8) * 8;
  const start = new Uint8Array(8 + headerLength).fill(0x20, 8);
  new DataView(start.buffer).setBigUint64(0, BigInt(headerLength), true);
  start.set(json, 8);
  yield start;
  for (const array of arrays.values()) {
    const { values } = array;
    yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
}

/**
 * Decodes a safetensors file of float32 arrays.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` for anything that is not such a file, truncation included
 */
export function decodeSafetensors(bytes: Uint8Array, place: string): Map<string, NamedArray> {
  return decodeArrays(safetensorsHeader(bytes, place), bytes, place);
}

/** As {@link decodeSafetensors}, for a header that is read already. */
export function decodeArrays(
  { entries, dataStart }: SafetensorsHeader,
  bytes: Uint8Array,
  place: string,
): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  let described = 0;
  for (const [name, entry] of entries) {
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
    if (dtype !== 'F32' || !areCounts(shape)) {
      throw malformed(place, `${name}: dtype F32 with a shape`, `dtype ${dtype}, shape ${JSON.stringify(shape)}`);
    }
    const size = shape.reduce((product, n) => product * n, 1);
    const [start, end] = areCounts(offsets) ? offsets : [];
    if (start === undefined || end === undefined || end - start !== 4 * size || dataStart + end > bytes.length) {
      const found = `offsets ${JSON.stringify(offsets)} in ${bytes.length - dataStart} bytes`;
      throw malformed(place, `${name}: ${4 * size} bytes of data`, found);
    }
    described += end - start;
    // Copied, since the data need not be aligned to four bytes in the file's buffer.
    const from = bytes.byteOffset + dataStart;
    arrays.set(name, { shape, values: new Float32Array(bytes.buffer.slice(from + start, from + end)) });
  }
  if (described !== bytes.length - dataStart) {
    throw malformed(place, `${described} bytes of data, as the header describes`, `${bytes.length - dataStart} bytes`);
  }
  return arrays;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: unknown;
  readonly data_offsets: unknown;
}

function areCounts(numbers: unknown): numbers is number[] {
  return Array.isArray(numbers) && numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
}
