import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { multiplyRows } from '../multiply-rows.js';

/** XᵀX: the sums of the products of columns, `[columns, columns]`. */
export function covariance({ rows, columns, values }: FeatureMatrix): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) transposed[k * rows + row] = values[row * columns + k]!;
  }
  const products = new Float32Array(columns * columns);
  multiplyRows(transposed, columns, transposed, columns, rows, products);
  return products;
}
