import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { FeatureMatrix } from '../data/training-data.js';

/** The features of all items in one modality. */
export interface ItemFeatures {
  readonly itemCount: number;
  readonly columns: number;
  /** `[itemCount, columns]` */
  whole(): tf.Tensor2D;
  /** `[ids.length, columns]`; each id once. */
  rows(ids: Int32Array, scope: StepScope): tf.Tensor2D;
}

/** Features that start from the data and may be trained: the parameter `features.<modality>` `[items, columns]`. */
export function itemFeatures(
  parameters: ParameterSet,
  modality: string,
  { rows: itemCount, columns, values }: FeatureMatrix,
  { trainable }: { readonly trainable: boolean },
): ItemFeatures {
  const name = `features.${modality}`;
  const initial = tf.tensor2d(values, [itemCount, columns]);
  if (!trainable) {
    const table = parameters.add(name, initial, { trainable });
    return { itemCount, columns, whole: () => table, rows: (ids) => gatherRows(table, ids) };
  }
  const table = parameters.addTable(name, initial);
  return { itemCount, columns, whole: () => table.whole(), rows: (ids, scope) => table.rows(ids, scope) };
}
