import { expandDims, mul, type Tensor1D, type Tensor2D, tensorScatterUpdate } from '@tensorflow/tfjs-core';

/** Copies of the tables with their rows `ids` replaced. */
export function scatterRows(tables: readonly Tensor2D[], ids: Tensor1D, rows: readonly Tensor2D[]): Tensor2D[] {
  // TF.js's cpu backend writes into the tensor that it is given, hence the product.
  return tables.map((table, k) => tensorScatterUpdate(mul(table, 1), expandDims(ids, 1), rows[k]!) as Tensor2D);
}
