import * as tf from '@tensorflow/tfjs-core';
import type { RandomGenerator } from '../random/random-generator.js';

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
