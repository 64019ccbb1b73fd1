import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { FeatureMatrix } from '../data/training-data.js';

/** Item features that start from the data and may be trained: the parameter `features.<modality>` `[items, columns]`. */
export interface ItemFeatures {
  readonly columns: number;
  readonly table: tf.Tensor2D;
  /** `[ids.length, columns]` */
  rows(ids: Int32Array): tf.Tensor2D;
}

/** Adds the feature table of a modality to the parameters. */
export function itemFeatures(
  parameters: ParameterSet,
  modality: string,
  { rows, columns, values }: FeatureMatrix,
  options: { readonly trainable: boolean },
): ItemFeatures {
  const table = parameters.add(`features.${modality}`, tf.tensor2d(values, [rows, columns]), options);
  return { columns, table, rows: (ids) => gatherRows(table, ids) };
}
