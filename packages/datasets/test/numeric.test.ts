import { describe, expect, it } from 'vitest';
import { HighestSelector } from '../src/numeric/highest-selector.js';
import { multiplyRows } from '../src/numeric/multiply-rows.js';
import { RandomSource } from '../src/numeric/random-source.js';
import { ridgeInverse } from '../src/numeric/ridge-inverse.js';

const random = new RandomSource(1, 'numbers');
const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());

describe('RandomSource', () => {
  it('is close to uniform and normal', () => {
    const random = new RandomSource(1, 'test');
    const normals = random.normals(20_000);
    const mean = normals.reduce((sum, value) => sum + value, 0) / normals.length;
    const variance = normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    const counts = new Int32Array(10);
    for (let n = 0; n < 20_000; n++) counts[random.below(10)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(1850);
    expect(Math.max(...counts)).toBeLessThan(2150);
  });

  it('has a separate stream per purpose', () => {
    expect(new RandomSource(1, 'a').uniform()).not.toBe(new RandomSource(1, 'b').uniform());
  });
});

it.each([
  [1, 1, 1],
  [4, 4, 3],
  [5, 7, 9],
  [9, 70, 2],
  [6, 33, 9000],
])('multiplyRows multiplies %i by %i rows of %i values', (aCount, bCount, width) => {
  const [a, b] = [normals(aCount * width), normals(bCount * width)];
  const result = new Float32Array(aCount * bCount);
  multiplyRows(a, aCount, b, bCount, width, result);
  for (const [n, value] of result.entries()) {
    const [i, j] = [Math.floor(n / bCount), n % bCount];
    let sum = 0;
    for (let k = 0; k < width; k++) sum += a[i * width + k]! * b[j * width + k]!;
    expect(value).toBeCloseTo(sum, 2);
  }
});

it('ridgeInverse inverts the regularised matrix', () => {
  const size = 12;
  const half = normals(size * 30);
  const matrix = new Float32Array(size * size);
  multiplyRows(half, size, half, size, 30, matrix);
  const inverse = ridgeInverse(matrix, size, 0.5);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0.5 * inverse[row * size + column]!;
      for (let k = 0; k < size; k++) sum += matrix[row * size + k]! * inverse[k * size + column]!;
      expect(sum).toBeCloseTo(row === column ? 1 : 0, 4);
    }
  }
});

it('HighestSelector selects as sorting would, on a tie the first', () => {
  const random = new RandomSource(1, 'test');
  const selector = new HighestSelector(40);
  for (const count of [1, 2, 7, 39, 40]) {
    const values = Float64Array.from({ length: 40 }, () => random.below(12));
    const sorted = Int32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b);
    expect(selector.select(values, count)).toEqual(sorted.subarray(0, count));
  }
});
