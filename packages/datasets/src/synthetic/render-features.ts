import type { FeatureMatrix } from '../features/feature-matrix.js';
import { RandomSource } from './random-source.js';
import type { SyntheticModality } from './synthetic-options.js';

/**
 * The features of one modality: item factors `[itemCount, factorCount]` times a random mixing matrix
 * `[factorCount, dimension]`, plus noise; then brought to the modality's scale.
 */
export function renderFeatures(
  { name, dimension, noise, scale = 1 }: SyntheticModality,
  items: Float64Array,
  itemCount: number,
  seed: number,
): FeatureMatrix {
  const factorCount = items.length / itemCount;
  const mixing = new RandomSource(seed, `mixing of ${name}`).normals(factorCount * dimension);
  const random = new RandomSource(seed, `noise of ${name}`);
  const values = new Float32Array(itemCount * dimension);
  const unit = scale / Math.sqrt(1 + noise * noise);
  for (let item = 0; item < itemCount; item++) {
    for (let column = 0; column < dimension; column++) {
      let signal = 0;
      for (let n = 0; n < factorCount; n++) signal += items[item * factorCount + n]! * mixing[n * dimension + column]!;
      values[item * dimension + column] = unit * (signal / Math.sqrt(factorCount) + noise * random.normal());
    }
  }
  return { rows: itemCount, columns: dimension, values };
}
