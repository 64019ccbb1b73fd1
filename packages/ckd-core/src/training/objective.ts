import type * as tf from '@tensorflow/tfjs-core';
import type { Backbone, LossTerms } from '../adapter/backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { Triples } from '../adapter/representation.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { RandomStreams } from '../random/random-streams.js';
import type { Gradient } from './loss-gradients.js';

/** What one step yields: `terms` add up to the loss; `measures` are only recorded. */
export interface StepLoss {
  readonly terms: LossTerms;
  readonly measures?: Readonly<Record<string, tf.Scalar>>;
  /** One value per triple, by name: how a measure is spread. Recorded as quantiles once per epoch. */
  readonly distributions?: Readonly<Record<string, tf.Tensor1D>>;
}

/** What the trainer minimises. A backbone under a view is one; a distilled backbone is one. */
export interface Objective {
  readonly parameters: ParameterSet;
  /** The terms to minimise on a batch: their sum is differentiated. Called once a step, inside its scope. */
  loss(batch: Triples, scope: StepScope): StepLoss;
  /** Changes the gradients of a step before the optimizer sees them, on the engine; what it makes is freed with the step. */
  modulate?(gradients: ReadonlyMap<string, Gradient>, step: StepLoss): ReadonlyMap<string, Gradient>;
  /** As {@link Backbone.learningRateFactor}. */
  learningRateFactor?(epoch: number): number;
  /** As {@link Backbone.beginEpoch}. */
  beginEpoch?(epoch: number, random: RandomStreams): void;
}

/** A backbone's own objective: on all its modalities, or on one for a uni-modal teacher. */
export function objectiveOf(backbone: Backbone, observed: ObservedSet = backbone.modalities): Objective {
  return {
    parameters: backbone.parameters,
    loss: (batch, scope) => ({ terms: backbone.loss(batch, observed, scope) }),
    learningRateFactor: (epoch) => backbone.learningRateFactor?.(epoch) ?? 1,
    beginEpoch: (epoch, random) => backbone.beginEpoch?.(epoch, random),
  };
}
