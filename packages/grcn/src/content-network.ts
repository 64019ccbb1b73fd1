import { type CsrPattern, csrMatMul, normalizeRows, sampledMatMul, segmentSoftmax } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** What a modality's network says of the nodes and of the edges. */
export interface Content {
  /** `[users + items, d]`: users first. */
  readonly nodes: tf.Tensor2D;
  /** `[edges]`: the attention of each directed edge, target by row and source by column. */
  readonly attention: tf.Tensor1D;
}

/** Refines the users' preferences `[users, d]` by the items' features `[items, d]`. */
export type Routing = (preference: tf.Tensor2D, features: tf.Tensor2D) => tf.Tensor2D;

/**
 * As released (upstream and MMRec alike): the messages are aggregated at the items but the users' rows are read, so an
 * iteration adds nothing and renormalises.
 */
export const referenceRouting: Routing = (preference) => normalizeRows(preference);

/** As the paper has it: p = normalize(p + sum over the user's items of alpha f), alpha = softmax of <p, f>. */
export function paperRouting(interactions: CsrPattern): Routing {
  return (preference, features) => {
    const alpha = segmentSoftmax(interactions, sampledMatMul(interactions, preference, features));
    return normalizeRows(tf.add<tf.Tensor2D>(preference, csrMatMul(interactions, alpha, features)));
  };
}

/**
 * The content network of one modality: routing, then attention over the edges in both directions,
 * content = x + sum alpha x_source with x = [p ; f] and alpha the softmax over a target's edges of <x_target, x_source>.
 * @param preference users' rows `[users, d]`, not normalised
 * @param features items' rows `[items, d]`, normalised
 */
export function contentNetwork(
  edges: CsrPattern,
  preference: tf.Tensor2D,
  features: tf.Tensor2D,
  routing: Routing,
  iterations: number,
): Content {
  let refined = normalizeRows(preference);
  for (let k = 0; k < iterations; k++) refined = routing(refined, features);
  const x = tf.concat([refined, features], 0) as tf.Tensor2D;
  const attention = segmentSoftmax(edges, sampledMatMul(edges, x, x));
  return { nodes: tf.add<tf.Tensor2D>(x, csrMatMul(edges, attention, x)), attention };
}
