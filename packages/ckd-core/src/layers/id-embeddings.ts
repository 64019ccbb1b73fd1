import type { RandomGenerator } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import { computedRows, type RowSource, rowsOfTable } from '../adapter/row-source.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { TrainingData } from '../data/training-data.js';
import type { Initializer } from './dense-layer.js';

/** Id embeddings of users and items. */
export interface IdEmbeddings {
  /** `[users, d]` */
  readonly users: tf.Tensor2D;
  /** `[items, d]` */
  readonly items: tf.Tensor2D;
  /** Users followed by items, as the nodes of a graph: `[users + items, d]`. */
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

/** Adds the same parameters as {@link idEmbeddings}, for a backbone without a graph, whose steps read only the rows of a batch. */
export function idEmbeddingLayers(
  parameters: ParameterSet,
  { userCount, itemCount }: Pick<TrainingData, 'userCount' | 'itemCount'>,
  d: number,
  initialize: Initializer,
  random: RandomGenerator,
): { readonly users: EmbeddingLayer; readonly items: EmbeddingLayer } {
  const users = embeddingLayer(parameters, 'user.id', initialize(userCount, d, random));
  const items = embeddingLayer(parameters, 'item.id', initialize(itemCount, d, random));
  return { users, items };
}

/**
 * From this many rows on, updating only the rows that a step reads is faster than updating all of them, despite the bookkeeping for
 * the skipped rows. Both give the same values within float32 rounding. Smaller tables are updated whole, which keeps their results
 * bit-identical to earlier versions.
 */
const MANY_ROWS = 100_000;

/** A parameter of id embeddings. A step of a backbone without a graph reads only the rows of its batch. */
export interface EmbeddingLayer {
  readonly rows: number;
  /** `[rows, d]` */
  whole(): tf.Tensor2D;
  /** The rows in the form that a view's branch takes for its users or items. */
  source(scope: StepScope): RowSource;
}

/** Adds the parameter `name` `[rows, d]` and takes ownership of its initial value. */
export function embeddingLayer(parameters: ParameterSet, name: string, initial: tf.Tensor2D): EmbeddingLayer {
  const rows = initial.shape[0];
  if (rows < MANY_ROWS) return denseEmbeddingLayer(parameters.add(name, initial));
  const table = parameters.addTable(name, initial);
  const whole = () => table.whole();
  return { rows, whole, source: (scope) => computedRows({ whole, rows: (ids) => table.rows(ids, scope) }) };
}

/** A table that is read in place and, if trained, updated as a whole. */
export function denseEmbeddingLayer(table: tf.Tensor2D): EmbeddingLayer {
  return { rows: table.shape[0], whole: () => table, source: () => rowsOfTable(() => table) };
}
