import { reshape, type Tensor1D } from '@tensorflow/tfjs-core';
import { gatherRows } from '../ops/gather-rows.js';

/** values[order[i]] for each i. */
export function permuteEntries(values: Tensor1D, order: Tensor1D): Tensor1D {
  return reshape(gatherRows(reshape(values, [values.size, 1]), order), [order.size]);
}
