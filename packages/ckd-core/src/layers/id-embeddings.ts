import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { TrainingData } from '../data/training-data.js';
import type { RandomGenerator } from '../random/random-generator.js';
import { type EmbeddingTable, embeddingTable } from './embedding-table.js';
import type { Initializer } from './initializers.js';

/** The embeddings of users and items by id. */
export interface IdEmbeddings {
  /** `[users, d]` */
  readonly users: tf.Tensor2D;
  /** `[items, d]` */
  readonly items: tf.Tensor2D;
  /** Users above items, as the nodes of a graph: `[users + items, d]`. */
  nodes(scope: StepScope): tf.Tensor2D;
}

/** Adds the parameters `user.id` `[users, d]` and `item.id` `[items, d]`. */
export function idEmbeddings(
  parameters: ParameterSet,
  { userCount, itemCount }: Pick<TrainingData, 'userCount' | 'itemCount'>,
  d: number,
  initialize: Initializer,
  random: RandomGenerator,
): IdEmbeddings {
  const users = parameters.add('user.id', initialize(userCount, d, random));
  const items = parameters.add('item.id', initialize(itemCount, d, random));
  return { users, items, nodes: (scope) => scope.once('ids', () => tf.concat([users, items], 0) as tf.Tensor2D) };
}

/** The same parameters for a backbone without a graph, whose steps read the rows of a batch. */
export function idTables(
  parameters: ParameterSet,
  { userCount, itemCount }: Pick<TrainingData, 'userCount' | 'itemCount'>,
  d: number,
  initialize: Initializer,
  random: RandomGenerator,
): { readonly users: EmbeddingTable; readonly items: EmbeddingTable } {
  const users = embeddingTable(parameters, 'user.id', initialize(userCount, d, random));
  const items = embeddingTable(parameters, 'item.id', initialize(itemCount, d, random));
  return { users, items };
}
