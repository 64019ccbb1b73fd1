import {
  type LinearLayer,
  linearLayer,
  type ParameterSet,
  type RandomGenerator,
} from '@balanced-rec/ckd-core/backbone';
import { biasRectify } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { NodeInput } from './node-input.js';

interface Layer {
  readonly conv: LinearLayer;
  readonly linear: LinearLayer;
  readonly gate: LinearLayer;
}

/** The graph network of one modality. */
export interface ModalityNetwork {
  /**
   * @param input the nodes' initial rows
   * @param ids user.id followed by item.id `[users + items, d]`
   * @param propagate multiplies `[users + items, d]` by the adjacency
   * @returns `[users + items, d]`
   */
  apply(input: NodeInput, ids: tf.Tensor2D, propagate: (x: tf.Tensor2D) => tf.Tensor2D): tf.Tensor2D;
}

/**
 * Per layer h = lrelu(A (x conv)), y = lrelu(x linear) + ids, x = lrelu(h gate + y).
 * Parameters `gcn.<modality>.<layer>.{conv,linear,gate}.{kernel,bias}`, layers counted from 1.
 *
 * The rows of A sum to 1, so the bias of conv can be added after the propagation, in the same pass as the activation.
 */
export function modalityNetwork(
  modality: string,
  { embeddingDim: d, layers, leakySlope }: { embeddingDim: number; layers: number; leakySlope: number },
  parameters: ParameterSet,
  random: RandomGenerator,
): ModalityNetwork {
  const stack: Layer[] = Array.from({ length: layers }, (_, k) => {
    const layer = (part: string) => linearLayer(parameters, `gcn.${modality}.${k + 1}.${part}`, d, d, random);
    return { conv: layer('conv'), linear: layer('linear'), gate: layer('gate') };
  });
  return {
    apply: (input, ids, propagate) => {
      const whole = (x: tf.Tensor2D): NodeInput => ({ rows: x, spread: (rows) => rows, propagate });
      const advance = ({ rows, ...nodes }: NodeInput, { conv, linear, gate }: Layer): tf.Tensor2D => {
        const h = biasRectify(nodes.propagate(product(rows, conv)), conv.bias, leakySlope);
        const own = nodes.spread(biasRectify(product(rows, linear), linear.bias, leakySlope));
        return biasRectify(product(h, gate), gate.bias, leakySlope, [own, ids]);
      };
      const [first, ...rest] = stack;
      return rest.reduce((x, layer) => advance(whole(x), layer), advance(input, first!));
    },
  };
}

function product(x: tf.Tensor2D, { kernel }: LinearLayer): tf.Tensor2D {
  return tf.matMul(x, kernel);
}
