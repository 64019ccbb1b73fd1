import type { RandomStreams } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { ObservedSet } from './observed-set.js';
import type { ParameterSet } from './parameter-set.js';
import type { Representation, Triples } from './representation.js';
import { StepScope } from './step-scope.js';

/** Named scalars. Training minimises their sum. */
export type LossTerms = Readonly<Record<string, tf.Scalar>>;

/** The only differences between backbones that the trainer, the samplers and the test kit need to know. */
export interface BackboneSupports {
  /** The objective uses the batch's negatives. */
  readonly negatives: boolean;
  /** A request for rows computes only those rows, with the same values as in the whole table. */
  readonly rowAccess: boolean;
  /** Feature tables are parameters. */
  readonly trainableFeatures: boolean;
  /** The joint view's scores read the features; false if features affect the scores only through training. True by default. */
  readonly scoresContent?: boolean;
  /** The objective stops gradients in some of its terms, so finite differences of its value are not its gradients. False by default. */
  readonly stopsGradients?: boolean;
}

/** A multimodal recommender: named parameters, a representation under any set of observed modalities, an objective. */
export interface Backbone {
  readonly name: string;
  readonly modalities: ObservedSet;
  readonly supports: BackboneSupports;
  /** The validated configuration with its defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly parameters: ParameterSet;
  /**
   * Users and items with only the `observed` modalities known. The backbone intervenes on the others, do(m), in its own way.
   * Lazy: nothing is computed until rows or margins are requested.
   */
  represent(observed: ObservedSet, scope: StepScope): Representation;
  /** The backbone's own objective under a view: all modalities for the model itself, one for a uni-modal teacher. */
  loss(batch: Triples, observed: ObservedSet, scope: StepScope): LossTerms;
  /**
   * The view that a model trained on `trainedOn` ranks with, if it differs from `trainedOn`. This is for a backbone whose
   * objective drops the terms of the other modalities but whose embeddings stay the same.
   */
  readonly rankingView?: ((trainedOn: ObservedSet) => ObservedSet) | undefined;
  /** The factor applied to the learning rate in an epoch (1, 2, ...), under a protocol that leaves the schedule to the backbone. */
  readonly learningRateFactor?: ((epoch: number) => number) | undefined;
  /**
   * Called before the first step of every epoch (1, 2, ...), for example to prune a graph. State that outlives an epoch must be a
   * parameter or follow from `epoch`: an interrupted training resumes from the parameters and the random streams alone.
   */
  readonly beginEpoch?: ((epoch: number, random: RandomStreams) => void) | undefined;
  /** Frees parameters, features and graphs. */
  dispose(): void;
}

/** The view that a model trained on `trainedOn` ranks with: the same view, unless the backbone says otherwise. */
export function rankingView(backbone: Backbone, trainedOn: ObservedSet): ObservedSet {
  return backbone.rankingView?.(trainedOn) ?? trainedOn;
}

/** Tables of users `[userCount, D]` and items `[itemCount, D]`, row-major, as stored in a cache. */
export interface RankingTables {
  readonly dimension: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** A backbone's embeddings under one view. */
export function rankingTables(backbone: Backbone, observed = backbone.modalities): RankingTables {
  return tf.tidy(() => {
    const view = backbone.represent(observed, new StepScope('evaluate'));
    const users = view.users();
    return {
      dimension: users.shape[1],
      users: users.dataSync<'float32'>(),
      items: view.items().dataSync<'float32'>(),
    };
  });
}
