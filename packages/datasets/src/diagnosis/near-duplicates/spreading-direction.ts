import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { RandomSource } from '../../synthetic/random-source.js';

const SAMPLED_ROWS = 1024;
const ITERATIONS = 8;

/**
 * A unit vector along which the rows, brought to length 1, lie far apart: about the first principal direction of up to 1024 of
 * them, by power iteration. What it is used for is right for any direction, only slower.
 */
export function spreadingDirection({ rows, columns, values }: FeatureMatrix, norms: Float64Array): Float64Array {
  const random = new RandomSource(0, 'direction');
  const sample = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row)).subarray(0, SAMPLED_ROWS);
  const usable = sample.filter((row) => norms[row]! > 0);
  let direction = brought(random.normals(columns));
  for (let n = 0; n < ITERATIONS; n++) {
    const projections = Float64Array.from(usable, (row) => projectionOf(values, row, columns, direction) / norms[row]!);
    const mean = projections.reduce((sum, projection) => sum + projection, 0) / projections.length;
    const next = new Float64Array(columns);
    for (const [i, row] of usable.entries()) {
      const weight = (projections[i]! - mean) / norms[row]!;
      for (let k = 0; k < columns; k++) next[k]! += weight * values[row * columns + k]!;
    }
    direction = brought(next, direction);
  }
  return direction;
}

/** `<row, direction>` */
export function projectionOf(values: Float32Array, row: number, columns: number, direction: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < columns; k++) sum += values[row * columns + k]! * direction[k]!;
  return sum;
}

/** The vector at length 1, or `otherwise` where it has no length: all rows are the same. */
function brought(vector: Float64Array, otherwise = vector): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : otherwise;
}
