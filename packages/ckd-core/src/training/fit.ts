import { RandomStreams } from '@balanced-rec/distributions';
import type { Backbone } from '../adapter/backbone.js';
import type { BackboneDefinition, BackboneOptions } from '../adapter/define-backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import type { TrainingData } from '../data/training-data.js';
import type { Validation } from './epoch-record.js';
import { type Objective, objectiveOf } from './objective.js';
import type { Protocol } from './protocol.js';
import { createSampler } from './samplers.js';
import { type TrainingResult, type TrainOptions, train } from './train.js';

/** Options of {@link fit}: how to create the backbone and how to train it. */
export interface FitOptions
  extends Pick<TrainOptions, 'onEvent' | 'signal' | 'checkpoints'>,
    Pick<BackboneOptions, 'neighbourCache'> {
  readonly definition: BackboneDefinition;
  readonly data: TrainingData;
  /** Overrides of the backbone's configuration. */
  readonly config?: unknown;
  /** Which of the data's modalities to use, in order; all by default. */
  readonly modalities?: ObservedSet | undefined;
  /** Seeds all randomness: initialisation, sampling, and the objective's own draws. */
  readonly seed: number;
  readonly protocol: Protocol;
  /** What to minimise; the backbone's own objective on all its modalities by default. */
  readonly objective?: ((backbone: Backbone, random: RandomStreams) => Objective) | undefined;
  /** Evaluates the current model on the validation split. */
  readonly validate: (backbone: Backbone) => Validation;
}

/** A trained backbone with its best epoch's parameters. The caller must dispose it. */
export interface FittedModel {
  readonly backbone: Backbone;
  readonly training: TrainingResult;
}

/**
 * Creates a backbone and trains it under a protocol, from one seed.
 * @throws what {@link BackboneDefinition.create}, {@link createSampler} and {@link train} throw; in that case nothing is left on the engine
 */
export async function fit(options: FitOptions): Promise<FittedModel> {
  const { definition, data, config, modalities, neighbourCache, protocol, validate } = options;
  const { objective = (model) => objectiveOf(model), onEvent, signal, checkpoints } = options;
  const random = new RandomStreams(options.seed);
  const backbone = definition.create({ data, random, config, neighbourCache, modalities });
  try {
    const training = await train({
      objective: objective(backbone, random),
      sampler: createSampler(protocol.sampler, {
        data,
        batchSize: protocol.batchSize,
        random: random.stream('sampling'),
      }),
      random,
      protocol,
      validate: () => validate(backbone),
      onEvent,
      signal,
      checkpoints,
    });
    return { backbone, training };
  } catch (error) {
    backbone.dispose();
    throw error;
  }
}
