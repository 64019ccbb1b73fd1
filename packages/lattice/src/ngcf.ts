import {
  dropout,
  type LinearLayer,
  linearLayer,
  type ParameterSet,
  type Phase,
  type RandomStreams,
} from '@balanced-rec/ckd-core/backbone';
import { type CsrMatrix, leakyRelu, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

interface Layer {
  readonly graph: LinearLayer;
  readonly interaction: LinearLayer;
}

/** PyTorch's default, which the reference does not change. */
const LEAKY_SLOPE = 0.01;

/**
 * NGCF propagation (Wang et al., SIGIR 2019) as in MMRec's LATTICE. Per layer e = lrelu((A e) graph) + lrelu((e * A e) interaction),
 * with dropout in training; the result is the mean of the input and the layers' normalised rows.
 * Parameters `ngcf.<layer>.{graph,interaction}.{kernel,bias}`, `[d, d]` and `[d]`, layers counted from 1.
 * @param adjacency A `[nodes, nodes]`
 * @returns a function from the id embeddings `[nodes, d]` to `[nodes, d]`; in training, each call draws a new dropout mask
 */
export function ngcf(
  { embeddingDim: d, layers, messageDropout }: { embeddingDim: number; layers: number; messageDropout: number },
  adjacency: CsrMatrix,
  parameters: ParameterSet,
  random: RandomStreams,
): (ids: tf.Tensor2D, phase: Phase) => tf.Tensor2D {
  const stack: Layer[] = Array.from({ length: layers }, (_, k) => {
    const layer = (part: string) => linearLayer(parameters, `ngcf.${k + 1}.${part}`, d, d, random.stream('init'));
    return { graph: layer('graph'), interaction: layer('interaction') };
  });
  return (ids, phase) => {
    let ego = ids;
    const depths = [ids];
    for (const { graph, interaction } of stack) {
      const side = adjacency.matMul(ego);
      const ofGraph = leakyRelu(graph.apply(side), LEAKY_SLOPE);
      const ofInteraction = leakyRelu(interaction.apply(tf.mul(ego, side)), LEAKY_SLOPE);
      const sum = tf.add<tf.Tensor2D>(ofGraph, ofInteraction);
      ego = phase === 'train' ? dropout(sum, messageDropout, random.stream('dropout')) : sum;
      depths.push(normalizeRows(ego));
    }
    return tf.mul<tf.Tensor2D>(tf.addN(depths), 1 / depths.length);
  };
}
