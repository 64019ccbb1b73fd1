import type { RandomStreams } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { Backbone, LossTerms } from '../adapter/backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { Triples } from '../adapter/representation.js';
import { StepScope } from '../adapter/step-scope.js';
import { addToWhole, type Gradient, mergeRows, type RowGradient } from '../optimizer/gradient.js';

/** The result of one step: `terms` add up to the loss; `measures` are only recorded. */
export interface StepLoss {
  readonly terms: LossTerms;
  readonly measures?: Readonly<Record<string, tf.Scalar>> | undefined;
  /** One value per triple, by name, to show how a measure is distributed. Recorded as quantiles once per epoch. */
  readonly distributions?: Readonly<Record<string, tf.Tensor1D>> | undefined;
}

/** What the trainer minimises, for example a backbone's loss under a view, or a distilled backbone's. */
export interface Objective {
  readonly parameters: ParameterSet;
  /** The terms to minimise on a batch; their sum is differentiated. Called once per step, inside its scope. */
  loss(batch: Triples, scope: StepScope): StepLoss;
  /** Changes a step's gradients, on the engine, before the optimizer sees them; tensors that it creates are freed with the step. */
  modulate?(gradients: ReadonlyMap<string, Gradient>, step: StepLoss): ReadonlyMap<string, Gradient>;
  /** See {@link Backbone.learningRateFactor}. */
  learningRateFactor?(epoch: number): number;
  /** See {@link Backbone.beginEpoch}. */
  beginEpoch?(epoch: number, random: RandomStreams): void;
}

/** A backbone's own objective: on all of its modalities, or on one for a uni-modal teacher. */
export function objectiveOf(backbone: Backbone, observed: ObservedSet = backbone.modalities): Objective {
  return {
    parameters: backbone.parameters,
    loss: (batch, scope) => ({ terms: backbone.loss(batch, observed, scope) }),
    learningRateFactor: (epoch) => backbone.learningRateFactor?.(epoch) ?? 1,
    beginEpoch: (epoch, random) => backbone.beginEpoch?.(epoch, random),
  };
}

/** The loss of a batch, with the gradient of every trainable parameter that it depends on, by name. */
export interface LossGradients extends StepLoss {
  readonly total: tf.Scalar;
  readonly gradients: ReadonlyMap<string, Gradient>;
}

/** Evaluates an objective and its gradients. Call it inside `tf.tidy`, which frees them. */
export function lossGradients(objective: Objective, batch: Triples): LossGradients {
  const { parameters } = objective;
  const trainable = [...parameters.trainable];
  const scope = new StepScope('train');
  let step: StepLoss | undefined;
  // The rows that the step reads from tables are known only after it has run; TF.js reads this list after that.
  const leaves: tf.Tensor[] = trainable.map(([, variable]) => variable);
  const { value, grads } = tf.engine().gradients(
    () => {
      step = objective.loss(batch, scope);
      // Kept because they are read after the gradient tape's own scope has ended.
      for (const tensor of tensorsOf(step)) tf.keep(tensor);
      leaves.push(...scope.rowReads.map(({ rows }) => rows));
      return tf.addN(Object.values(step.terms)) as tf.Scalar;
    },
    leaves,
    undefined,
    true,
  );
  const gradients = new Map<string, Gradient>();
  for (const [k, [name]] of trainable.entries()) {
    const ofRows = scope.rowReads
      .map(({ parameter, ids }, read) => ({
        parameter,
        ids,
        rows: grads[trainable.length + read] as tf.Tensor2D | undefined,
      }))
      .filter((read): read is typeof read & RowGradient => read.parameter === name && read.rows !== undefined);
    const gradient = combine(grads[k], ofRows);
    if (gradient) gradients.set(name, gradient);
  }
  return { ...released(step!), total: value as tf.Scalar, gradients };
}

function combine(whole: tf.Tensor | undefined, ofRows: readonly RowGradient[]): Gradient | undefined {
  if (ofRows.length === 0) return whole;
  const rows = mergeRows(ofRows);
  return whole ? addToWhole(whole as tf.Tensor2D, rows) : rows;
}

/** Clones the step's results into the caller's scope, which frees them, and frees the kept originals. */
function released(step: StepLoss): StepLoss {
  const { terms, measures, distributions } = step;
  const clones = <T extends tf.Tensor>(tensors: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
  const result = {
    terms: clones(terms),
    measures: measures && clones(measures),
    distributions: distributions && clones(distributions),
  };
  for (const tensor of tensorsOf(step)) tensor.dispose();
  return result;
}

function tensorsOf({ terms, measures = {}, distributions = {} }: StepLoss): tf.Tensor[] {
  return [terms, measures, distributions].flatMap((tensors): tf.Tensor[] => Object.values(tensors));
}
