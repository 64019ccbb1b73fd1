import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { RandomSource } from '../../numeric/random-source.js';

/** Projections per row. Four numbers are enough to separate most pairs. */
export const SIGNATURE_WIDTH = 4;

/** The number of rows from which the directions are estimated. */
const SAMPLED_ROWS = 512;
const ITERATIONS = 4;

/** Rows sorted by the first number of their signatures. */
export interface SortedSignatures {
  readonly rows: Int32Array;
  /** `[rows, 4]`, in the order of `rows`: projections of the rows, scaled to norm 1, on orthonormal vectors. */
  readonly signatures: Float32Array;
}

/** Sorts rows, scaled to norm 1, by their projections on the directions along which they spread most. */
export function sortBySignature(matrix: FeatureMatrix, norms: Float64Array, rows: Int32Array): SortedSignatures {
  const directions = spreadingDirections(matrix, norms, SIGNATURE_WIDTH);
  const projected = new Float32Array(matrix.rows * SIGNATURE_WIDTH);
  for (const row of rows) {
    for (const [n, direction] of directions.entries()) {
      projected[row * SIGNATURE_WIDTH + n] = projection(matrix, row, direction) / norms[row]!;
    }
  }
  const sorted = rows.slice();
  sorted.sort((one, other) => projected[one * SIGNATURE_WIDTH]! - projected[other * SIGNATURE_WIDTH]! || one - other);
  const signatures = new Float32Array(sorted.length * SIGNATURE_WIDTH);
  for (const [n, row] of sorted.entries()) {
    signatures.set(projected.subarray(row * SIGNATURE_WIDTH, (row + 1) * SIGNATURE_WIDTH), n * SIGNATURE_WIDTH);
  }
  return { rows: sorted, signatures };
}

function projection({ columns, values }: FeatureMatrix, row: number, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < columns; k++) sum += values[row * columns + k]! * direction[k]!;
  return sum;
}

/**
 * `count` orthonormal vectors (fewer if there are fewer columns) along which the rows, scaled to norm 1, spread far apart, most
 * along the first. They approximate the principal directions of up to 512 rows, by subspace iteration. The search that uses
 * them is correct for any orthonormal vectors, only slower.
 */
function spreadingDirections(matrix: FeatureMatrix, norms: Float64Array, count: number): Float64Array[] {
  const sample = sampleRows(matrix, norms);
  const random = new RandomSource(0, 'directions');
  let directions = Array.from({ length: Math.min(count, matrix.columns) }, () => random.normals(matrix.columns));
  orthonormalise(directions);
  for (let n = 0; n < ITERATIONS; n++) {
    const next = directions.map((direction) => covarianceTimes(sample, direction));
    if (!orthonormalise(next)) break;
    directions = next;
  }
  return directions;
}

/** Some rows, scaled to norm 1 and centred. */
function sampleRows({ rows, columns, values }: FeatureMatrix, norms: Float64Array): Float64Array[] {
  const order = new RandomSource(0, 'directions').shuffle(Int32Array.from({ length: rows }, (_, row) => row));
  const chosen = Array.from(order.filter((row) => norms[row]! > 0).subarray(0, SAMPLED_ROWS));
  const sample = chosen.map((row) =>
    Float64Array.from(values.subarray(row * columns, (row + 1) * columns), (value) => value / norms[row]!),
  );
  const mean = new Float64Array(columns);
  for (const row of sample) add(mean, row, 1 / sample.length);
  for (const row of sample) add(row, mean, -1);
  return sample;
}

function covarianceTimes(sample: readonly Float64Array[], direction: Float64Array): Float64Array {
  const product = new Float64Array(direction.length);
  for (const row of sample) add(product, row, dot(row, direction));
  return product;
}

/** Gram-Schmidt. Returns whether the vectors were independent; if not, they cannot be used. */
function orthonormalise(vectors: readonly Float64Array[]): boolean {
  for (const [n, vector] of vectors.entries()) {
    const before = Math.sqrt(dot(vector, vector));
    // Two passes make them orthogonal to the last digit.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors.slice(0, n)) add(vector, other, -dot(vector, other));
    }
    const length = Math.sqrt(dot(vector, vector));
    if (!(length > 1e-6 * before)) return false;
    for (let k = 0; k < vector.length; k++) vector[k]! /= length;
  }
  return true;
}

function add(to: Float64Array, vector: Float64Array, weight: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += weight * vector[k]!;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < one.length; k++) sum += one[k]! * other[k]!;
  return sum;
}
