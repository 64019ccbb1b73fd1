import { BalancedRecError } from '@balanced-rec/errors';
import { quote } from '../problems/wording.js';
import type { NpyHeader } from './npy-header.js';
import { SAVE_AS_NUMBERS } from './pickled-rows.js';

// The bits of a half-precision number.
const SIGN = 0x8000;
const WITHOUT_SIGN = 0x7fff;
const FRACTION = 0x03ff;
const SMALLEST_NORMAL = 0x0400;
const INFINITE = 0x7c00;
/** The exponent biases of the two formats differ by 127 - 15; the exponent starts at bit 10. */
const EXPONENT_SHIFT = (127 - 15) << 10;

const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/** How to read the values of one NumPy type. */
export interface NpyValueType {
  /** Bytes per value. */
  readonly size: number;
  /** Reads `count` values from `offset` as float32, in file order. */
  read(bytes: Uint8Array, offset: number, count: number): Float32Array;
}

/**
 * Returns the reader for a NumPy type string: `f2`, `f4` or `f8`, with `<` (little-endian), `>` (big-endian) or `=` (treated as
 * little-endian).
 *
 * @throws BalancedRecError `npy/unsupported-dtype`
 */
export function npyValueType({ dtype, shape }: Pick<NpyHeader, 'dtype' | 'shape'>, place: string): NpyValueType {
  const match = /^([<>=])f([248])$/.exec(dtype);
  if (match === null) throw unsupportedType(dtype, shape, place);
  const size = Number(match[2]);
  const littleEndian = match[1] !== '>';
  if (size === 4 && littleEndian) return { size, read: readNative };
  return { size, read: (bytes, offset, count) => readEach(bytes, offset, count, size, littleEndian) };
}

/** Converts the 16 bits of an IEEE 754 half-precision number. The result is exact, because every half is a float32. */
export function float16Value(half: number): number {
  const magnitude = half & WITHOUT_SIGN;
  const sign = half & SIGN;
  if (magnitude < SMALLEST_NORMAL) return (sign ? -1 : 1) * (magnitude & FRACTION) * 2 ** -24;
  if (magnitude >= INFINITE) return magnitude === INFINITE ? (sign ? -Infinity : Infinity) : Number.NaN;
  bits[0] = (sign << 16) | ((magnitude + EXPONENT_SHIFT) << 13);
  return value[0]!;
}

/** The usual case. It does not copy if the values start at a multiple of 4, as NumPy aligns them. */
function readNative(bytes: Uint8Array, offset: number, count: number): Float32Array {
  const start = bytes.byteOffset + offset;
  if (start % 4 === 0) return new Float32Array(bytes.buffer as ArrayBuffer, start, count);
  // Not bytes.slice, because a Buffer's slice does not copy.
  const copy = new Float32Array(count);
  new Uint8Array(copy.buffer).set(bytes.subarray(offset, offset + count * 4));
  return copy;
}

function readEach(bytes: Uint8Array, offset: number, count: number, size: number, littleEndian: boolean): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, count * size);
  const values = new Float32Array(count);
  if (size === 2) for (let n = 0; n < count; n++) values[n] = float16Value(view.getUint16(n * 2, littleEndian));
  else if (size === 4) for (let n = 0; n < count; n++) values[n] = view.getFloat32(n * 4, littleEndian);
  else for (let n = 0; n < count; n++) values[n] = view.getFloat64(n * 8, littleEndian);
  return values;
}

function unsupportedType(dtype: string, shape: readonly number[], place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'npy/unsupported-dtype',
    message: 'the array has an unsupported type',
    place,
    expected: 'float16, float32 or float64 (dtype f2, f4 or f8)',
    found: quote(dtype),
    remedy: remedyFor(dtype, shape),
  });
}

/** How to write such an array as numbers in Python. */
function remedyFor(dtype: string, shape: readonly number[]): string {
  if (dtype.endsWith('O') && shape.length === 0) {
    return 'it holds one Python object; if that is a dictionary of vectors by id, write it as JSON Lines, one {"id": ..., "vector": [...]} per line';
  }
  if (dtype.endsWith('O')) return `it holds Python objects; ${SAVE_AS_NUMBERS}`;
  if (dtype === 'a structured type') {
    return 'write its fields as columns: import numpy.lib.recfunctions, then numpy.save(path, numpy.lib.recfunctions.structured_to_unstructured(array, dtype="float32"))';
  }
  return 'write it as float32: numpy.save(path, array.astype("float32"))';
}
