import type { RowSource } from '@balanced-rec/ckd-core/backbone';
import { csrMatMul, gatherRows, normalizeRows, sampledMatMul, segmentSoftmax } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { InteractionEdges } from './interaction-edges.js';

/** The output of a modality's network for nodes and edges. */
export interface Content {
  readonly users: RowSource;
  readonly items: RowSource;
  /** `[edges]`: the attention of each directed edge, target by row and source by column. */
  readonly attention: tf.Tensor1D;
}

/**
 * One routing iteration: refines the users' preferences `[users, d]` based on their items.
 * @param message the attention-weighted mean of each user's items, given the attending preferences: `[users, d]`
 */
export type Routing = (preference: tf.Tensor2D, message: (preference: tf.Tensor2D) => tf.Tensor2D) => tf.Tensor2D;

/**
 * Routing as released, both upstream and in MMRec: messages are aggregated at the items, but the users' rows are read, so an iteration
 * adds nothing and only renormalises.
 */
export const referenceRouting: Routing = (preference) => normalizeRows(preference);

/** Routing as in the paper: p = normalize(p + sum over the user's items of alpha f), alpha = softmax of <p, f>. */
export const paperRouting: Routing = (preference, message) =>
  normalizeRows(tf.add<tf.Tensor2D>(preference, message(preference)));

export interface RoutingOptions {
  readonly routing: Routing;
  readonly iterations: number;
}

function refine(
  preference: tf.Tensor2D,
  message: (preference: tf.Tensor2D) => tf.Tensor2D,
  { routing, iterations }: RoutingOptions,
): tf.Tensor2D {
  let refined = normalizeRows(preference);
  for (let k = 0; k < iterations; k++) refined = routing(refined, message);
  return refined;
}

/**
 * The content network of one modality: routing, then attention over the edges in both directions,
 * content = x + sum alpha x_source with x = [p ; f] and alpha the softmax over a target's edges of <x_target, x_source>.
 * Both directions of an interaction share the same dot product, which is computed once.
 * @param preference users' rows `[users, d]`, not normalised
 * @param features items' rows `[items, d]`, normalised
 */
export function contentNetwork(
  edges: InteractionEdges,
  preference: tf.Tensor2D,
  features: tf.Tensor2D,
  options: RoutingOptions,
): { readonly nodes: tf.Tensor2D; readonly attention: tf.Tensor1D } {
  const { interactions, directed } = edges;
  const message = (p: tf.Tensor2D) =>
    csrMatMul(interactions, segmentSoftmax(interactions, sampledMatMul(interactions, p, features)), features);
  const refined = refine(preference, message, options);
  const x = tf.concat([refined, features], 0) as tf.Tensor2D;
  const attention = segmentSoftmax(directed, edges.bothWays(sampledMatMul(interactions, refined, features)));
  return { nodes: tf.add<tf.Tensor2D>(x, csrMatMul(directed, attention, x)), attention };
}

/**
 * The same under do(m), where all users share one preference `[1, d]` and all items share one row `[1, d]`. A node then attends equally
 * to all its neighbours, and the nodes on each side differ only in whether they have any neighbours.
 */
export function imputedContent(
  edges: InteractionEdges,
  preference: tf.Tensor2D,
  feature: tf.Tensor2D,
  options: RoutingOptions,
): Content {
  const connected = refine(preference, () => feature, options);
  const isolated = refine(preference, () => tf.zerosLike(feature), options);
  const users = tf.concat([tf.add(connected, feature), isolated], 0) as tf.Tensor2D;
  const items = tf.concat([tf.add(feature, connected), feature], 0) as tf.Tensor2D;
  return {
    users: rowsByKind(users, edges.isolatedUsers),
    items: rowsByKind(items, edges.isolatedItems),
    attention: edges.equalAttention,
  };
}

/** Rows from a table `[2, d]`: the first row is for nodes with neighbours, the second for nodes without. */
function rowsByKind(table: tf.Tensor2D, kinds: Int32Array): RowSource {
  return {
    whole: () => gatherRows(table, kinds),
    rowsOf: (lists) => ({ table, positions: lists.map((list) => list.map((id) => kinds[id]!)) }),
  };
}
