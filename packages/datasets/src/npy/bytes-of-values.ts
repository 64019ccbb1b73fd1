/** The memory of `values`, not copied. Little-endian, as every machine that Node.js supports. */
export function bytesOfValues(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
