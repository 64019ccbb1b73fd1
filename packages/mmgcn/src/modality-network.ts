import { type LinearLayer, linearLayer, type ParameterSet, type RandomGenerator } from '@balanced-rec/ckd-core';
import { type CsrMatrix, leakyRelu, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

interface Layer {
  readonly conv: LinearLayer;
  readonly linear: LinearLayer;
  readonly gate: LinearLayer;
}

/** The graph network of one modality. */
export interface ModalityNetwork {
  /**
   * @param preference users' rows `[users, d]`
   * @param content items' rows `[items, d]`
   * @param ids user.id above item.id `[users + items, d]`
   * @returns `[users + items, d]`
   */
  apply(preference: tf.Tensor2D, content: tf.Tensor2D, ids: tf.Tensor2D): tf.Tensor2D;
}

/**
 * x = normalize([preference ; content]); per layer h = lrelu(A (x conv)), y = lrelu(x linear) + ids, x = lrelu(h gate + y).
 * Parameters `gcn.<modality>.<layer>.{conv,linear,gate}.{kernel,bias}`, layers counted from 1.
 */
export function modalityNetwork(
  modality: string,
  adjacency: CsrMatrix,
  { embeddingDim: d, layers, leakySlope }: { embeddingDim: number; layers: number; leakySlope: number },
  parameters: ParameterSet,
  random: RandomGenerator,
): ModalityNetwork {
  const stack: Layer[] = Array.from({ length: layers }, (_, k) => {
    const layer = (part: string) => linearLayer(parameters, `gcn.${modality}.${k + 1}.${part}`, d, d, random);
    return { conv: layer('conv'), linear: layer('linear'), gate: layer('gate') };
  });
  return {
    apply: (preference, content, ids) => {
      const start = normalizeRows(tf.concat([preference, content], 0) as tf.Tensor2D);
      return stack.reduce((x, { conv, linear, gate }) => {
        const h = leakyRelu(adjacency.matMul(conv.apply(x)), leakySlope);
        const y = tf.add<tf.Tensor2D>(leakyRelu(linear.apply(x), leakySlope), ids);
        return leakyRelu(tf.add<tf.Tensor2D>(gate.apply(h), y), leakySlope);
      }, start);
    },
  };
}
