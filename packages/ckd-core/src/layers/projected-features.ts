import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { RowSource, TableRows } from '../adapter/row-source.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { FeatureMatrix } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';
import { distinctIds } from './distinct-ids.js';
import { type ItemFeatures, itemFeatures } from './item-features.js';
import { type LinearLayer, linearLayer } from './linear-layer.js';

/** Item features through a projection to width d, of which only the rows asked for are computed, each once. */
export class ProjectedFeatures {
  readonly #key: string;
  readonly #features: ItemFeatures;
  readonly #projection: LinearLayer;

  /** @param modality names them within a step's scope */
  constructor(modality: string, features: ItemFeatures, projection: LinearLayer) {
    this.#key = `projected:${modality}`;
    this.#features = features;
    this.#projection = projection;
  }

  /** All items: `[items, d]`. */
  whole(scope: StepScope): tf.Tensor2D {
    return scope.once(this.#key, () => this.#projection.apply(this.#features.whole()));
  }

  /** The rows of several lists of ids; an id in two of them is projected once. */
  rowsOf(lists: readonly Int32Array[], scope: StepScope): TableRows {
    const { ids, positions } = distinctIds(lists);
    // Other views will ask for other rows; once half the items are wanted, all of them are the better bargain.
    if (scope.has(this.#key) || 2 * ids.length >= this.#features.itemCount) {
      return { table: this.whole(scope), positions: lists };
    }
    return { table: this.#projection.apply(this.#features.rows(ids, scope)), positions };
  }

  /** As a late-fusion branch or a view has its items. */
  source(scope: StepScope): RowSource {
    return { whole: () => this.whole(scope), rowsOf: (lists) => this.rowsOf(lists, scope) };
  }
}

/**
 * Features that start from the data and may be trained, through a projection to `width`: adds `features.<modality>` and
 * `projection.<modality>.{kernel,bias}`, as LATTICE, BM3 and FREEDOM have them.
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
