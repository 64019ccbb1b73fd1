import type { RandomGenerator } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import type { TrainingData } from '../data/training-data.js';
import type { Initializer } from './dense-layer.js';
import { linearLayer } from './dense-layer.js';
import { denseEmbeddingLayer, type EmbeddingLayer, embeddingLayer } from './id-embeddings.js';
import { FrozenFeatures, ProjectedFeatures } from './item-features.js';

/** A modality in VBPR, MMGCN and GRCN: projected item features and one preference vector per user; do(m) replaces both with means. */
export interface PreferenceContent {
  readonly modality: string;
  readonly itemCount: number;
  /** `[users, d]` */
  readonly preference: EmbeddingLayer;
  /** F_m projection.m. */
  readonly projected: ProjectedFeatures;
  /** The users' preference under do(m): the mean preference, `[1, d]`. */
  meanPreference(): tf.Tensor2D;
  /** The items' projected features under do(m): the projection of the mean features, `[1, d]`. */
  meanProjected(): tf.Tensor2D;
  /** Frees the features; the preferences belong to the parameters. */
  dispose(): void;
}

/** Options of {@link preferenceContent}. */
export interface PreferenceContentOptions {
  /** Width of preferences and projections (d). */
  readonly width: number;
  readonly initialize: Initializer;
  /** Whether the preferences are trained; true by default. */
  readonly trainable?: boolean;
}

/** Adds the parameters `user.preference.<modality>` `[users, d]` and `projection.<modality>.{kernel,bias}`. */
export function preferenceContent(
  parameters: ParameterSet,
  data: TrainingData,
  modality: string,
  { width, initialize, trainable = true }: PreferenceContentOptions,
  random: RandomGenerator,
): PreferenceContent {
  const features = new FrozenFeatures(data.features[modality]!);
  const initial = initialize(data.userCount, width, random);
  const name = `user.preference.${modality}`;
  const preference = trainable
    ? embeddingLayer(parameters, name, initial)
    : denseEmbeddingLayer(parameters.add(name, initial, { trainable }));
  const projection = linearLayer(parameters, `projection.${modality}`, features.columns, width, random);
  return {
    modality,
    itemCount: features.itemCount,
    preference,
    projected: new ProjectedFeatures(modality, features, projection),
    meanPreference: () => tf.mean(preference.whole(), 0, true) as tf.Tensor2D,
    meanProjected: () => projection.apply(features.mean),
    dispose: () => features.dispose(),
  };
}
