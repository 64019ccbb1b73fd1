/** The dot product of d elements of a from i and of b from j, in double precision. */
export function dot(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let sum = 0;
  for (let x = 0; x < d; x++) sum += a[i + x]! * b[j + x]!;
  return sum;
}
