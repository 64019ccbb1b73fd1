import type { RandomGenerator } from '@balanced-rec/distributions';
import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { distinctIds } from '../adapter/distinct-ids.js';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { BatchRows, RowSource } from '../adapter/row-source.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { FeatureMatrix } from '../data/training-data.js';
import { type LinearLayer, linearLayer } from './dense-layer.js';

/** The features of all items for one modality. */
export interface ItemFeatures {
  readonly itemCount: number;
  readonly columns: number;
  /** `[itemCount, columns]` */
  whole(): tf.Tensor2D;
  /** `[ids.length, columns]`; the ids must be distinct. */
  rows(ids: Int32Array, scope: StepScope): tf.Tensor2D;
}

/** Features that are initialised from the data and may be trained: the parameter `features.<modality>` `[items, columns]`. */
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

/** Item features that are not a parameter: the table, and the mean row that do(m) replaces it with. */
export class FrozenFeatures implements ItemFeatures {
  readonly itemCount: number;
  readonly columns: number;
  /** `[1, columns]`: the mean over items. */
  readonly mean: tf.Tensor2D;
  readonly #table: tf.Tensor2D;

  constructor({ rows, columns, values }: FeatureMatrix) {
    this.itemCount = rows;
    this.columns = columns;
    this.#table = tf.keep(tf.tensor2d(values, [rows, columns]));
    this.mean = tf.keep(tf.tidy(() => tf.mean(this.#table, 0, true) as tf.Tensor2D));
  }

  whole(): tf.Tensor2D {
    return this.#table;
  }

  rows(ids: Int32Array): tf.Tensor2D {
    return gatherRows(this.#table, ids);
  }

  /** Frees the table and its mean row. */
  dispose(): void {
    this.#table.dispose();
    this.mean.dispose();
  }
}

/** Item features projected to width d. Only the requested rows are computed, each only once. */
export class ProjectedFeatures {
  readonly #key: string;
  readonly #features: ItemFeatures;
  readonly #projection: LinearLayer;

  /** @param modality identifies the features within a step's scope */
  constructor(modality: string, features: ItemFeatures, projection: LinearLayer) {
    this.#key = `projected:${modality}`;
    this.#features = features;
    this.#projection = projection;
  }

  /** All items: `[items, d]`. */
  whole(scope: StepScope): tf.Tensor2D {
    return scope.once(this.#key, () => this.#projection.apply(this.#features.whole()));
  }

  /** The rows for several lists of ids; an id that occurs more than once is projected once. */
  rowsOf(lists: readonly Int32Array[], scope: StepScope): BatchRows {
    const { ids, positions } = distinctIds(lists);
    // Other views will request other rows, so once half of the items are needed, projecting all of them is cheaper.
    if (scope.has(this.#key) || 2 * ids.length >= this.#features.itemCount) {
      return { table: this.whole(scope), positions: lists };
    }
    return { table: this.#projection.apply(this.#features.rows(ids, scope)), positions };
  }

  /** The rows in the form that a late-fusion branch or a view takes for its items. */
  source(scope: StepScope): RowSource {
    return { whole: () => this.whole(scope), rowsOf: (lists) => this.rowsOf(lists, scope) };
  }
}

/**
 * Features that are initialised from the data, may be trained, and are projected to `width`. Adds `features.<modality>` and
 * `projection.<modality>.{kernel,bias}`, as in LATTICE, BM3 and FREEDOM.
 */
export function projectedFeatures(
  parameters: ParameterSet,
  modality: string,
  matrix: FeatureMatrix,
  { trainable, width }: { readonly trainable: boolean; readonly width: number },
  random: RandomGenerator,
): ProjectedFeatures {
  const features = itemFeatures(parameters, modality, matrix, { trainable });
  const projection = linearLayer(parameters, `projection.${modality}`, features.columns, width, random);
  return new ProjectedFeatures(modality, features, projection);
}
