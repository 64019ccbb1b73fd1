import { scatterAddRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { distinctIds } from '../adapter/distinct-ids.js';
import type { ParameterSet } from '../adapter/parameter-set.js';

/** The gradient of some rows of a table; the gradient of the other rows is zero. */
export interface RowGradient {
  /** Distinct. */
  readonly ids: Int32Array;
  /** `[ids.length, columns]` */
  readonly rows: tf.Tensor2D;
}

/** The gradient of a parameter, or of the rows of a table that the step read. */
export type Gradient = tf.Tensor | RowGradient;

/** Merges the gradients of several reads into one. */
export function mergeRows(gradients: readonly RowGradient[]): RowGradient {
  if (gradients.length === 1) return { ids: gradients[0]!.ids, rows: gradients[0]!.rows };
  const { ids, positions } = distinctIds(gradients.map((gradient) => gradient.ids));
  const all = tf.concat(gradients.map(({ rows }) => rows)) as tf.Tensor2D;
  const flat = Int32Array.from(positions.flatMap((each) => [...each]));
  return { ids, rows: scatterAddRows(all, flat, ids.length) };
}

/** Expands gradients to whole tensors of their parameter's shape, by name, with zeros in the rows that a step did not read. */
export function wholeGradients(
  gradients: ReadonlyMap<string, Gradient>,
  parameters: ParameterSet,
): Map<string, tf.Tensor> {
  return new Map(
    [...gradients].map(([name, gradient]) => [
      name,
      gradient instanceof tf.Tensor
        ? gradient
        : addToWhole(tf.zeros(parameters.get(name).shape as [number, number]), gradient),
    ]),
  );
}

/** Adds the gradient of some rows to the gradient of the whole table. */
export function addToWhole(whole: tf.Tensor2D, { ids, rows }: RowGradient): tf.Tensor2D {
  return tf.add(whole, scatterAddRows(rows, ids, whole.shape[0]));
}
