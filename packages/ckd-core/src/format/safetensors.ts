import { malformed, type SafetensorsHeader, safetensorsHeader } from './safetensors-header.js';

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What {@link decodeMixedSafetensors} reads. */
export interface MixedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

/** An array that can be written: float32 by default, int32 or bytes with an explicit `dtype`. */
export type WritableArray =
  | NamedArray
  | { readonly shape: readonly number[]; readonly values: Int32Array; readonly dtype: 'I32' }
  | { readonly shape: readonly number[]; readonly values: Uint8Array; readonly dtype: 'U8' };

/**
 * Encodes float32 arrays in the safetensors format (little-endian u64 header length, JSON header, data). Python reads it with
 * `safetensors.numpy.load_file`.
 */
export function encodeSafetensors(arrays: ReadonlyMap<string, NamedArray>): Uint8Array {
  return joined(safetensorsChunks(arrays));
}

/** Concatenates the pieces of a file into one byte array. */
export function joined(pieces: Iterable<Uint8Array>): Uint8Array {
  const chunks = [...pieces];
  const bytes = new Uint8Array(chunks.reduce((total, { length }) => total + length, 0));
  chunks.reduce((at, chunk) => {
    bytes.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return bytes;
}

/**
 * The bytes of a safetensors file, piece by piece, so that it can be written without holding a second copy in memory.
 * Each array's values are read only when its turn comes.
 * @param metadata stored in the header, as the format allows; see {@link safetensorsHeader}
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
  // Readers may map the data in place, so it starts at a multiple of 8; the format allows padding the header with spaces.
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
  return decodeDescribed(safetensorsHeader(bytes, place), bytes, place);
}

/** Like {@link decodeSafetensors}, for a header that has already been read, or for a subset of its entries whose data come first. */
export function decodeDescribed(header: SafetensorsHeader, bytes: Uint8Array, place: string): Map<string, NamedArray> {
  return decodeArrays(header, bytes, place, { F32: Float32Array });
}

/**
 * Decodes a safetensors file of float32 and int32 arrays.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` for anything that is not such a file, truncation included
 */
export function decodeMixedSafetensors(bytes: Uint8Array, place: string): Map<string, MixedArray> {
  return decodeArrays<Float32Array | Int32Array>(safetensorsHeader(bytes, place), bytes, place, {
    F32: Float32Array,
    I32: Int32Array,
  });
}

/** Array classes by dtype name. */
type ArrayTypes<Values> = Readonly<Record<string, new (data: ArrayBufferLike) => Values>>;

function decodeArrays<Values>(
  { entries, dataStart }: SafetensorsHeader,
  bytes: Uint8Array,
  place: string,
  types: ArrayTypes<Values>,
): Map<string, { readonly shape: readonly number[]; readonly values: Values }> {
  const arrays = [...entries].map(([name, entry]) => described(name, entry, place, types));
  // Check everything before copying anything: overlapping arrays could expand a small file to gigabytes.
  const end = [...arrays]
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .reduce((at, { name, start, end }) => {
      if (start !== at) throw malformed(place, `${name}: data starting at ${at}`, `data starting at ${start}`);
      return end;
    }, 0);
  if (dataStart + end !== bytes.length) {
    throw malformed(place, `${end} bytes of data, as the header describes`, `${bytes.length - dataStart} bytes`);
  }
  const from = bytes.byteOffset + dataStart;
  // Copied because the data may not be aligned to four bytes in the file's buffer.
  return new Map(
    arrays.map(({ name, Type, shape, start, end }) => [
      name,
      { shape, values: new Type(bytes.buffer.slice(from + start, from + end)) },
    ]),
  );
}

interface DescribedArray<Values> {
  readonly name: string;
  readonly Type: new (data: ArrayBufferLike) => Values;
  readonly shape: readonly number[];
  /** In bytes, relative to the start of the data. */
  readonly start: number;
  readonly end: number;
}

function described<Values>(
  name: string,
  entry: unknown,
  place: string,
  types: ArrayTypes<Values>,
): DescribedArray<Values> {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
  const Type = Object.hasOwn(types, String(dtype)) ? types[String(dtype)] : undefined;
  if (Type === undefined || !areCounts(shape)) {
    const expected = `${name}: dtype ${Object.keys(types).join(' or ')} with a shape`;
    throw malformed(place, expected, `dtype ${dtype}, shape ${JSON.stringify(shape)}`);
  }
  const size = shape.reduce((product, n) => product * n, 1);
  const [start, end] = areCounts(offsets) ? offsets : [];
  if (start === undefined || end === undefined || end - start !== 4 * size) {
    throw malformed(place, `${name}: ${4 * size} bytes of data`, `offsets ${JSON.stringify(offsets)}`);
  }
  return { name, Type, shape, start, end };
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: unknown;
  readonly data_offsets: unknown;
}

function areCounts(numbers: unknown): numbers is number[] {
  return Array.isArray(numbers) && numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
}
