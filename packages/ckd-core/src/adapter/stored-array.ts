import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray } from '../checkpoint/safetensors.js';

/** A variable's values as an array that is read when asked for. */
export function storedArray(variable: tf.Variable): NamedArray {
  return {
    shape: variable.shape,
    get values() {
      return variable.dataSync<'float32'>();
    },
  };
}

/** Gives a variable the values of an array of its shape. */
export function assignArray(variable: tf.Variable, { shape, values }: NamedArray): void {
  tf.tidy(() => variable.assign(tf.tensor(values, [...shape])));
}
