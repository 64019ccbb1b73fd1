import { expect } from 'vitest';
import { CsrPattern } from '../../src/kernel/csr-pattern.ts';

/** A small seeded generator (mulberry32): uniform in [0, 1). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** `size` float32 values in [-scale, scale). */
export function floats(size: number, seed: number, scale = 1): Float32Array {
  const next = random(seed);
  return Float32Array.from({ length: size }, () => (2 * next() - 1) * scale);
}

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    if (!(error <= tolerance)) expect.fail(`element ${i} is ${actual[i]}, expected ${expected[i]}`);
  }
}

/** A pattern with rows of 0 to 9 entries, every third row empty, columns unordered and some duplicated. */
export function pattern(rows: number, columns: number, seed: number): CsrPattern {
  const next = random(seed);
  const rowOffsets = new Int32Array(rows + 1);
  const columnIndices: number[] = [];
  for (let r = 0; r < rows; r++) {
    const degree = r % 3 === 1 || columns === 0 ? 0 : Math.floor(next() * 10);
    for (let i = 0; i < degree; i++) columnIndices.push(Math.floor(next() * columns));
    rowOffsets[r + 1] = columnIndices.length;
  }
  return new CsrPattern({ rows, columns, rowOffsets, columnIndices: Int32Array.from(columnIndices) });
}
