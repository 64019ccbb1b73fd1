import type { FeatureMatrix } from '../features/feature-matrix.js';
import { encodeNpyHeader } from './encode-npy-header.js';
import { float32Bytes } from './float32-bytes.js';

/** The bytes of an `.npy` file (format 1.0, float32 little-endian, C order) with the values of `matrix`. */
export function encodeNpy(matrix: FeatureMatrix): Uint8Array {
  const header = encodeNpyHeader(matrix.rows, matrix.columns);
  const bytes = new Uint8Array(header.length + matrix.values.byteLength);
  bytes.set(header);
  bytes.set(float32Bytes(matrix.values), header.length);
  return bytes;
}
