import assert from 'node:assert/strict';
import { type Backbone, type ObservedSet, StepScope, type Triples } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';

/** A view's users and items as plain numbers. */
export interface Tables {
  readonly dimension: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** A view's whole tables, computed on their own. */
export function tablesOf(backbone: Backbone, observed: ObservedSet): Tables {
  return tf.tidy(() => {
    const view = backbone.represent(observed, new StepScope('evaluate'));
    const [users, items] = [view.users(), view.items()];
    return {
      dimension: users.shape[1],
      users: users.dataSync<'float32'>().slice(),
      items: items.dataSync<'float32'>().slice(),
    };
  });
}

/** score(user, positive) - score(user, negative) in double precision. */
export function marginsFrom({ dimension, users, items }: Tables, triples: Triples): Float64Array {
  return Float64Array.from(triples.users, (user, k) => {
    let margin = 0;
    for (let c = 0; c < dimension; c++) {
      const positive = items[triples.positives[k]! * dimension + c]!;
      const negative = items[triples.negatives[k]! * dimension + c]!;
      margin += users[user * dimension + c]! * (positive - negative);
    }
    return margin;
  });
}

/** All subsets of the modalities, including the empty one, in the backbone's order. */
export function subsets(modalities: ObservedSet): ObservedSet[] {
  return Array.from({ length: 2 ** modalities.length }, (_, bits) =>
    modalities.filter((_modality, k) => (bits >> k) & 1),
  );
}

/** The largest difference, relative to the largest expected number. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(found.length, expected.length, 'numbers of values');
  let [error, scale] = [0, 0];
  for (let k = 0; k < expected.length; k++) {
    const difference = Math.abs(found[k]! - expected[k]!);
    if (Number.isNaN(difference)) return Number.NaN;
    error = Math.max(error, difference);
    scale = Math.max(scale, Math.abs(expected[k]!));
  }
  return error / (scale || 1);
}

export function assertClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  const error = relativeError(found, expected);
  assert.ok(error <= tolerance, `${what}: relative error ${error}, tolerance ${tolerance}`);
}

/** Asserts that the numbers differ by more than rounding. */
export function assertDiffer(found: ArrayLike<number>, other: ArrayLike<number>, what: string): void {
  const error = relativeError(found, other);
  assert.ok(error > 1e-3, `${what}: expected to differ, relative difference ${error}`);
}

/** Every parameter by name, as plain numbers. */
export function parameterValues(backbone: Backbone): Record<string, number[]> {
  return Object.fromEntries([...backbone.parameters.snapshot()].map(([name, { values }]) => [name, [...values]]));
}
