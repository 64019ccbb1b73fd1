import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { Triples } from '../adapter/representation.js';
import { StepScope } from '../adapter/step-scope.js';
import type { Objective, StepLoss } from './objective.js';
import { addToWhole, mergeRows, type RowGradient } from './row-gradient.js';

/** The loss of a batch with the gradient of every trainable parameter that it reaches, by name. */
export interface LossGradients extends StepLoss {
  readonly total: tf.Scalar;
  readonly gradients: ReadonlyMap<string, Gradient>;
}

/** The gradient of a parameter, or of those rows of a table that the step read. */
export type Gradient = tf.Tensor | RowGradient;

/** Evaluates an objective and its gradients. Call it inside `tf.tidy`, which frees them. */
export function lossGradients(objective: Objective, batch: Triples): LossGradients {
  const { parameters } = objective;
  const trainable = [...parameters.trainable];
  const scope = new StepScope('train');
  let step: StepLoss | undefined;
  // The rows that the step reads of tables are not known before it has run; TF.js looks at the list after that.
  const leaves: tf.Tensor[] = trainable.map(([, variable]) => variable);
  const { value, grads } = tf.engine().gradients(
    () => {
      step = objective.loss(batch, scope);
      // Kept: they are read after the gradient tape's own scope has ended.
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
      .map(({ table, ids }, read) => ({ table, ids, rows: grads[trainable.length + read] as tf.Tensor2D | undefined }))
      .filter((read): read is typeof read & RowGradient => read.table.name === name && read.rows !== undefined);
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

/** Gradients as whole tensors, zero in the rows that a step did not read: `[parameter's shape]` by name. */
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

/** The step's results as tensors of the caller's scope, which frees them; the kept ones are freed here. */
function released(step: StepLoss): StepLoss {
  const { terms, measures, distributions } = step;
  const clones = <T extends tf.Tensor>(tensors: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.clone(tensor)]));
  const result = {
    terms: clones(terms),
    ...(measures ? { measures: clones(measures) } : {}),
    ...(distributions ? { distributions: clones(distributions) } : {}),
  };
  for (const tensor of tensorsOf(step)) tensor.dispose();
  return result;
}

function tensorsOf({ terms, measures = {}, distributions = {} }: StepLoss): tf.Tensor[] {
  return [terms, measures, distributions].flatMap((tensors): tf.Tensor[] => Object.values(tensors));
}
