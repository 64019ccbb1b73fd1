import assert from 'node:assert/strict';
import { lossGradients, type Objective, RandomStreams, wholeGradients } from '@balanced-rec/ckd-core';
import { type ParameterSet, RandomGenerator, StepScope, type Triples } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';

/**
 * How far a parameter is moved to each side along a unit direction. Long steps cross kinks (LeakyReLU, hinges), and short ones are lost
 * in the rounding of the loss. A correct gradient agrees with at least one of them, a wrong one with none.
 */
const STEPS = [1e-2, 3e-3, 1e-3];

/** Makes every evaluation the first step of the same epoch, because a backbone may reuse values within an epoch or prune at random. */
function beginEpoch(objective: Objective): void {
  objective.beginEpoch?.(1, new RandomStreams(1));
}

/** Gradients by parameter; zeros for parameters that the objective does not depend on. */
function gradientsOf(objective: Objective, batch: Triples): Map<string, Float32Array> {
  const numbers = new Map<string, Float32Array>();
  beginEpoch(objective);
  tf.tidy(() => {
    const gradients = wholeGradients(lossGradients(objective, batch).gradients, objective.parameters);
    for (const [name, variable] of objective.parameters.trainable) {
      numbers.set(name, gradients.get(name)?.dataSync<'float32'>().slice() ?? new Float32Array(variable.size));
    }
  });
  return numbers;
}

/** The sum of the terms, added in double precision. */
function lossOf(objective: Objective, batch: Triples): number {
  beginEpoch(objective);
  return tf.tidy(() => {
    const { terms } = objective.loss(batch, new StepScope('train'));
    return Object.values(terms).reduce((sum, term) => sum + term.dataSync()[0]!, 0);
  });
}

/**
 * Compares every parameter's gradient with central differences of the loss: along the gradient itself, where the difference is largest,
 * and along a random direction, which a wrong gradient cannot match by design.
 */
export function assertGradients(objective: Objective, batch: Triples, tolerance = 1e-2): void {
  const gradients = gradientsOf(objective, batch);
  const random = new RandomGenerator([5, 6, 7, 8]);
  const largest = Math.max(...[...gradients.values()].map(norm));
  assert.ok(largest > 0, 'some parameter has a gradient');
  for (const [name, gradient] of gradients) {
    const directions = { 'along itself': gradient, 'along a random direction': gradient.map(() => random.normal()) };
    for (const [title, direction] of Object.entries(directions)) {
      const length = norm(direction);
      if (length === 0) continue;
      const unit = direction.map((x) => x / length);
      const found = unit.reduce((sum, x, k) => sum + x * gradient[k]!, 0);
      // Rounding of the loss limits how accurately small gradients can be checked.
      const allowed = tolerance * Math.max(norm(gradient), 0.05 * largest);
      const differences: number[] = [];
      const agrees = STEPS.some((step) => {
        const expected = alongDirection(objective, batch, name, unit, step);
        differences.push(expected);
        return Math.abs(found - expected) <= allowed;
      });
      assert.ok(agrees, `gradient of ${name} ${title}: ${found}, by differences ${differences}, allowed +-${allowed}`);
    }
  }
}

function alongDirection(objective: Objective, batch: Triples, name: string, unit: Float32Array, step: number): number {
  const lossAt = (distance: number) =>
    withMoved(objective.parameters, name, unit, distance, () => lossOf(objective, batch));
  return (lossAt(step) - lossAt(-step)) / (2 * step);
}

function withMoved<T>(parameters: ParameterSet, name: string, unit: Float32Array, distance: number, run: () => T): T {
  const variable = parameters.get(name);
  const before = variable.dataSync<'float32'>().slice();
  const set = (values: Float32Array) => tf.tidy(() => void variable.assign(tf.tensor(values, variable.shape)));
  set(before.map((x, k) => x + distance * unit[k]!));
  try {
    return run();
  } finally {
    set(before);
  }
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
}
