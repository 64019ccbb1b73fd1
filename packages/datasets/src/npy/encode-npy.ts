import type { FeatureMatrix } from '../features/feature-matrix.js';

/** NumPy aligns the values so that they can be mapped into memory. */
const ALIGNMENT = 64;

/** The bytes of an `.npy` file (format 1.0, float32 little-endian, C order) with the values of `matrix`. */
export function encodeNpy(matrix: FeatureMatrix): Uint8Array {
  const header = headerText(`{'descr': '<f4', 'fortran_order': False, 'shape': (${matrix.rows}, ${matrix.columns}), }`);
  const bytes = new Uint8Array(10 + header.length + matrix.values.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(valueBytes(matrix.values), 10 + header.length);
  return bytes;
}

function headerText(dictionary: string): string {
  const length = 10 + dictionary.length + 1;
  return `${dictionary}${' '.repeat((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)}\n`;
}

function valueBytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
