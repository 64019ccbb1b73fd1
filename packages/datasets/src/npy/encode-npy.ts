import { bytesOfValues } from './bytes-of-values.js';
import { encodeNpyHeader } from './encode-npy-header.js';

/** Row-major values of one width. */
export interface NpyMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array | Int32Array;
}

/** The bytes of an `.npy` file (format 1.0, float32 or int32, little-endian, C order) with the values of `matrix`. */
export function encodeNpy({ rows, columns, values }: NpyMatrix): Uint8Array {
  const header = encodeNpyHeader(rows, columns, values instanceof Int32Array ? 'i4' : 'f4');
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  bytes.set(bytesOfValues(values), header.length);
  return bytes;
}
