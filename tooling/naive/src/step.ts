import { lossGradients, type Objective, wholeGradients } from '@balanced-rec/ckd-core';
import type { Triples } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';

/** The result of a training step, as plain numbers. */
export interface Step {
  readonly terms: Readonly<Record<string, number>>;
  /** Gradients of the parameters the loss depends on, by name. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

export function stepOf(objective: Objective, batch: Triples): Step {
  const gradients: Record<string, Float32Array> = {};
  const terms: Record<string, number> = {};
  tf.tidy(() => {
    const step = lossGradients(objective, batch);
    for (const [name, term] of Object.entries(step.terms)) terms[name] = term.dataSync()[0]!;
    for (const [name, gradient] of wholeGradients(step.gradients, objective.parameters))
      gradients[name] = gradient.dataSync<'float32'>().slice();
  });
  return { terms, gradients };
}
