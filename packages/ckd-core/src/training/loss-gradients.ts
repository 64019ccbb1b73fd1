import * as tf from '@tensorflow/tfjs-core';
import type { LossTerms } from '../adapter/backbone.js';
import type { Triples } from '../adapter/representation.js';
import { StepScope } from '../adapter/step-scope.js';
import type { Objective, StepLoss } from './objective.js';

/** The loss of a batch with the gradient of every trainable parameter that it reaches, by name. */
export interface LossGradients extends StepLoss {
  readonly total: tf.Scalar;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
}

/** Evaluates an objective and its gradients. Call it inside `tf.tidy`, which frees them. */
export function lossGradients(objective: Objective, batch: Triples): LossGradients {
  const trainable = objective.parameters.trainable;
  let step: StepLoss | undefined;
  const { value, grads } = tf.variableGrads(() => {
    step = objective.loss(batch, new StepScope('train'));
    // Kept: they are read after the gradient tape's own scope has ended.
    for (const scalar of [...Object.values(step.terms), ...Object.values(step.measures ?? {})]) tf.keep(scalar);
    return tf.addN(Object.values(step.terms)) as tf.Scalar;
  }, [...trainable.values()]);
  const gradients = new Map<string, tf.Tensor>();
  for (const [name, variable] of trainable) {
    const gradient = grads[variable.name];
    if (gradient) gradients.set(name, gradient);
  }
  return { ...released(step!), total: value, gradients };
}

/** The step's scalars as tensors of the caller's scope, which frees them; the kept ones are freed here. */
function released({ terms, measures }: StepLoss): StepLoss {
  const clones = (scalars: LossTerms) =>
    Object.fromEntries(Object.entries(scalars).map(([name, scalar]) => [name, tf.clone(scalar)]));
  const result = { terms: clones(terms), ...(measures ? { measures: clones(measures) } : {}) };
  for (const scalar of [...Object.values(terms), ...Object.values(measures ?? {})]) scalar.dispose();
  return result;
}
