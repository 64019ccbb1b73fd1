import type * as tf from '@tensorflow/tfjs-core';
import type { Backbone, LossTerms } from '../adapter/backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { Triples } from '../adapter/representation.js';
import type { StepScope } from '../adapter/step-scope.js';
import type { RandomStreams } from '../random/random-streams.js';

/** What one step yields: `terms` add up to the loss; `measures` are only recorded. */
export interface StepLoss {
  readonly terms: LossTerms;
  readonly measures?: Readonly<Record<string, tf.Scalar>>;
}

/** What the trainer minimises. A backbone under a view is one; a distilled backbone is one. */
export interface Objective {
  readonly parameters: ParameterSet;
  loss(batch: Triples, scope: StepScope): StepLoss;
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
