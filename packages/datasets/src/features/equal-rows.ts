import type { FeatureMatrix } from './feature-matrix.js';

/** For each row, the first row that has the same bits: itself where there is no earlier one. */
export function firstEqualRows(matrix: FeatureMatrix): Int32Array {
  const rowsByHash = new Map<number, number[]>();
  const bits = bitsOf(matrix);
  return Int32Array.from({ length: matrix.rows }, (_, row) => firstEqual(rowsByHash, bits, matrix.columns, row));
}

/** The same for several matrices at once: the first row that is equal in all of them. */
export function firstEqualInAll(matrices: readonly FeatureMatrix[]): Int32Array {
  return matrices.map(firstEqualRows).reduce((one, other) => {
    const firstOfPair = new Map<number, number>();
    return one.map((first, row) => {
      const pair = first * one.length + other[row]!;
      const known = firstOfPair.get(pair);
      if (known === undefined) firstOfPair.set(pair, row);
      return known ?? row;
    });
  });
}

function firstEqual(rowsByHash: Map<number, number[]>, bits: Int32Array, columns: number, row: number): number {
  const hash = hashRow(bits, row * columns, columns);
  const candidates = rowsByHash.get(hash);
  const earlier = candidates?.find((other) => areEqual(bits, columns, row, other));
  if (earlier !== undefined) return earlier;
  if (candidates === undefined) rowsByHash.set(hash, [row]);
  else candidates.push(row);
  return row;
}

function bitsOf({ values }: FeatureMatrix): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length);
}

function hashRow(bits: Int32Array, start: number, length: number): number {
  let hash = 0;
  for (let n = start; n < start + length; n++) {
    const mixed = Math.imul(hash ^ bits[n]!, 0x9e3779b1);
    hash = mixed ^ (mixed >>> 15);
  }
  return hash;
}

function areEqual(bits: Int32Array, columns: number, one: number, other: number): boolean {
  for (let n = 0; n < columns; n++) {
    if (bits[one * columns + n] !== bits[other * columns + n]) return false;
  }
  return true;
}
