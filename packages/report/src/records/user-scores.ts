/** Float32 values, little-endian, in base64. */
export function encodeScores(values: ArrayLike<number>): string {
  const bytes = Buffer.alloc(4 * values.length);
  for (let k = 0; k < values.length; k++) bytes.writeFloatLE(values[k]!, 4 * k);
  return bytes.toString('base64');
}

/** What {@link encodeScores} wrote. */
export function decodeScores(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, k) => bytes.readFloatLE(4 * k));
}
