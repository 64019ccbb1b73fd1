/** NumPy aligns the values so that they can be mapped into memory. */
const ALIGNMENT = 64;

/** The first bytes of an `.npy` file (format 1.0, little-endian, C order) of shape `[rows, columns]`. */
export function encodeNpyHeader(rows: number, columns: number, dtype: 'f4' | 'i4' = 'f4'): Uint8Array {
  const header = padded(`{'descr': '<${dtype}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8];
  return Uint8Array.from([...magic, ...new TextEncoder().encode(header)]);
}

function padded(dictionary: string): string {
  const length = 10 + dictionary.length + 1;
  return `${dictionary}${' '.repeat((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)}\n`;
}
