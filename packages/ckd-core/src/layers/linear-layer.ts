import { linear } from '@balanced-rec/tfjs-kernels';
import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { RandomGenerator } from '../random/random-generator.js';
import { uniform } from './initializers.js';

/** An affine map, `x @ kernel + bias`, over two named parameters. */
export interface LinearLayer {
  /** `[inputs, outputs]` */
  readonly kernel: tf.Tensor2D;
  /** `[outputs]` */
  readonly bias: tf.Tensor1D;
  /** `[n, inputs]` to `[n, outputs]`. */
  apply(x: tf.Tensor2D): tf.Tensor2D;
}

/**
 * Adds `<name>.kernel` `[inputs, outputs]` and `<name>.bias` `[outputs]`, both uniform in +-1/sqrt(inputs):
 * the default initialisation of PyTorch's `nn.Linear`, which the reference implementations rely on.
 */
export function linearLayer(
  parameters: ParameterSet,
  name: string,
  inputs: number,
  outputs: number,
  random: RandomGenerator,
): LinearLayer {
  const bound = 1 / Math.sqrt(inputs);
  const kernel = parameters.add(`${name}.kernel`, uniform([inputs, outputs], bound, random) as tf.Tensor2D);
  const bias = parameters.add(`${name}.bias`, uniform([outputs], bound, random) as tf.Tensor1D);
  return { kernel, bias, apply: (x) => linear(x, kernel, bias) };
}
