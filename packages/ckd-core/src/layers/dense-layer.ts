import type { RandomGenerator } from '@balanced-rec/distributions';
import { linear } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';

/** An affine map, `x @ kernel + bias`, over two named parameters. */
export interface LinearLayer {
  /** `[inputs, outputs]` */
  readonly kernel: tf.Tensor2D;
  /** `[outputs]` */
  readonly bias: tf.Tensor1D;
  /** Maps `[n, inputs]` to `[n, outputs]`. */
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

/**
 * Inverted dropout (Srivastava et al., JMLR 2014): each value of x `[n, d]` is zeroed with probability `rate` and otherwise divided by
 * `1 - rate`. Returns `[n, d]`; with a rate of 0 it returns x itself and draws nothing.
 */
export function dropout(x: tf.Tensor2D, rate: number, random: RandomGenerator): tf.Tensor2D {
  if (rate === 0) return x;
  const mask = new Float32Array(x.size);
  random.fillWhere(mask, rate * 2 ** 32, 1 / (1 - rate));
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}

/** Draws a matrix `[rows, columns]`. */
export type Initializer = (rows: number, columns: number, random: RandomGenerator) => tf.Tensor2D;

/** Uniform in +-sqrt(6 / (rows + columns)) (Glorot & Bengio, 2010): `[rows, columns]`. */
export function xavierUniform(rows: number, columns: number, random: RandomGenerator): tf.Tensor2D {
  return uniform([rows, columns], Math.sqrt(6 / (rows + columns)), random) as tf.Tensor2D;
}

/** Normal with standard deviation sqrt(2 / (rows + columns)) (Glorot & Bengio, 2010): `[rows, columns]`. */
export function xavierNormal(rows: number, columns: number, random: RandomGenerator): tf.Tensor2D {
  const deviation = Math.sqrt(2 / (rows + columns));
  const values = new Float32Array(rows * columns);
  for (let k = 0; k < values.length; k++) values[k] = deviation * random.normal();
  return tf.tensor2d(values, [rows, columns]);
}

/** Uniform in +-bound. */
export function uniform(shape: number[], bound: number, random: RandomGenerator): tf.Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  const values = new Float32Array(size);
  for (let k = 0; k < size; k++) values[k] = (2 * random.unit() - 1) * bound;
  return tf.tensor(values, shape);
}
