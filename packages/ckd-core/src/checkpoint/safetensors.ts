import { BalancedRecError } from '@balanced-rec/errors';

/** A float32 array with its shape. */
export interface NamedArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** As the format's own readers, so that a forged length cannot ask for gigabytes. */
const LARGEST_HEADER = 100_000_000;

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
 * @param metadata kept in the header, as the format provides for; see {@link safetensorsMetadata}
 */
export function* safetensorsChunks(
  arrays: ReadonlyMap<string, NamedArray>,
  metadata?: Readonly<Record<string, string>>,
): Generator<Uint8Array, void, undefined> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const [name, { shape }] of arrays) {
    const end = offset + 4 * shape.reduce((product, n) => product * n, 1);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
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

/** The metadata in the header of a safetensors file that {@link decodeSafetensors} accepts; empty without any. */
export function safetensorsMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength)));
  return header.__metadata__ ?? {};
}

/**
 * Decodes a safetensors file of float32 arrays.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` for anything that is not such a file, truncation included
 */
export function decodeSafetensors(bytes: Uint8Array, place: string): Map<string, NamedArray> {
  const fail = (expected: string, found: string): never => {
    throw new BalancedRecError({
      code: 'safetensors/malformed',
      message: 'this is not a complete safetensors file',
      place,
      expected,
      found,
      remedy: 'save it again; the file is damaged or was written by something else',
    });
  };
  if (bytes.length < 8) fail('at least 8 bytes', `${bytes.length} bytes`);
  const headerLength = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const dataStart = 8 + headerLength;
  if (headerLength > LARGEST_HEADER || dataStart > bytes.length) {
    fail(`a header within the file's ${bytes.length} bytes`, `a header of ${headerLength} bytes`);
  }
  const arrays = new Map<string, NamedArray>();
  let described = 0;
  for (const [name, entry] of Object.entries(parseHeader(bytes.subarray(8, dataStart), fail))) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Partial<HeaderEntry>;
    if (dtype !== 'F32' || !areCounts(shape)) {
      return fail(`${name}: dtype F32 with a shape`, `dtype ${dtype}, shape ${JSON.stringify(shape)}`);
    }
    const size = shape.reduce((product, n) => product * n, 1);
    const [start, end] = areCounts(offsets) ? offsets : [];
    if (start === undefined || end === undefined || end - start !== 4 * size || dataStart + end > bytes.length) {
      const found = `offsets ${JSON.stringify(offsets)} in ${bytes.length - dataStart} bytes`;
      return fail(`${name}: ${4 * size} bytes of data`, found);
    }
    described += end - start;
    // Copied, since the data need not be aligned to four bytes in the file's buffer.
    const from = bytes.byteOffset + dataStart;
    arrays.set(name, { shape, values: new Float32Array(bytes.buffer.slice(from + start, from + end)) });
  }
  if (described !== bytes.length - dataStart) {
    fail(`${described} bytes of data, as the header describes`, `${bytes.length - dataStart} bytes`);
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

function parseHeader(bytes: Uint8Array, fail: (expected: string, found: string) => never): Record<string, unknown> {
  const text = new TextDecoder().decode(bytes);
  try {
    const header: unknown = JSON.parse(text);
    if (header !== null && typeof header === 'object' && !Array.isArray(header))
      return header as Record<string, unknown>;
  } catch {
    // Falls through to the one error below.
  }
  return fail('a JSON object as header', text.slice(0, 40));
}
