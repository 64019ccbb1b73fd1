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
  return joined(safetensorsChunks(arrays));
}

/** The pieces of a file as one array of bytes. */
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
 * The bytes of a safetensors file, piece by piece, so that it can be written without a second copy of it in memory.
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
  return decodeDescribed(safetensorsHeader(bytes, place), bytes, place);
}

/** As {@link decodeSafetensors}, for a header that is read already, or for some of its entries, whose data are the first. */
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

/** The array classes by the names of their types. */
type ArrayTypes<Values> = Readonly<Record<string, new (data: ArrayBufferLike) => Values>>;

function decodeArrays<Values>(
  { entries, dataStart }: SafetensorsHeader,
  bytes: Uint8Array,
  place: string,
  types: ArrayTypes<Values>,
): Map<string, { readonly shape: readonly number[]; readonly values: Values }> {
  const arrays = [...entries].map(([name, entry]) => described(name, entry, place, types));
  // All of it before any of it is copied: arrays that overlap would make gigabytes of a small file.
  const end = [...arrays]
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .reduce((at, { name, start, end }) => {
      if (start !== at) throw malformed(place, `${name}: data from ${at} on`, `data from ${start} on`);
      return end;
    }, 0);
  if (dataStart + end !== bytes.length) {
    throw malformed(place, `${end} bytes of data, as the header describes`, `${bytes.length - dataStart} bytes`);
  }
  const from = bytes.byteOffset + dataStart;
  // Copied, since the data need not be aligned to four bytes in the file's buffer.
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
  /** In bytes, from where the data begin. */
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
