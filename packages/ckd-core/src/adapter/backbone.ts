import type { RandomStreams } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { ObservedSet } from './observed-set.js';
import type { ParameterSet } from './parameter-set.js';
import type { Representation, Triples } from './representation.js';
import { StepScope } from './step-scope.js';

/** Named scalars whose sum is minimised. */
export type LossTerms = Readonly<Record<string, tf.Scalar>>;

/**
 * The only differences between backbones that the trainer, the samplers and the test kit need to know.
 */
export interface BackboneSupports {
  /** The objective uses the batch's negatives. */
  readonly negatives: boolean;
  /** Asking for rows computes only those rows, with the same values as in the whole table. */
  readonly rowAccess: boolean;
  /** Feature tables are parameters. */
  readonly trainableFeatures: boolean;
  /** The joint view's scores read the features; false where these reach it through training only. True by default. */
  readonly scoresContent?: boolean;
  /** The objective holds some of its terms' parts fixed, so that differences of its value are not its gradients. False by default. */
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
   * Users and items with only `observed` modalities known; the others are intervened on, do(m), in the backbone's own way.
   * Lazy: nothing is computed before rows or margins are asked for.
   */
  represent(observed: ObservedSet, scope: StepScope): Representation;
  /** The backbone's own objective under a view: all modalities for the model itself, one for a uni-modal teacher. */
  loss(batch: Triples, observed: ObservedSet, scope: StepScope): LossTerms;
  /**
   * The view that a model trained on `trainedOn` ranks with, where it is not that view itself: a backbone whose objective drops
   * the terms of the other modalities but whose embeddings stay the same.
   */
  readonly rankingView?: ((trainedOn: ObservedSet) => ObservedSet) | undefined;
  /** What the learning rate of an epoch (1, 2, ...) is multiplied with, under a protocol that leaves that to the backbone. */
  readonly learningRateFactor?: ((epoch: number) => number) | undefined;
  /**
   * Called before the first step of every epoch (1, 2, ...), for example to prune a graph. What outlives an epoch must be a
   * parameter or follow from `epoch`: an interrupted training goes on from the parameters and the random streams alone.
   */
  readonly beginEpoch?: ((epoch: number, random: RandomStreams) => void) | undefined;
  /** Frees parameters, features and graphs. */
  dispose(): void;
}

/** The view that a model trained on some modalities ranks with: that view itself, unless the backbone says otherwise. */
export function rankingView(backbone: Backbone, trainedOn: ObservedSet): ObservedSet {
  return backbone.rankingView?.(trainedOn) ?? trainedOn;
}

/** Tables of users `[userCount, D]` and items `[itemCount, D]`, row-major, as they are kept in a cache. */
export interface RankingTables {
  readonly dimension: number;
  readonly users: Float32Array;
  readonly items: Float32Array;
}

/** The embeddings of a backbone under one view. */
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
